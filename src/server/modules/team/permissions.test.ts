import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  accountActions,
  platformActions,
  type Role,
  roles,
  type StaffRole,
  staffRoles,
} from '#shared/contract/access.ts';
import {
  AccountRequired,
  AccountSuspended,
  type Action,
  type Actor,
  anonymous,
  authorize,
  Forbidden,
  isAllowed,
  permissionsOf,
  permissionsTable,
  system,
  Unauthenticated,
  userIdOf,
} from './index.ts';

const account = { id: '019a8b1c-5f00-7abc-8def-0123456789ab', status: 'active' } as const;
const everyAction: readonly Action[] = [...accountActions, ...platformActions];

function member(role: Role, status: 'active' | 'suspended' | 'closed' = 'active'): Actor {
  return { ...anonymous, type: 'user', id: 'u', account: { ...account, status }, role, emailVerified: true };
}

function staff(staffRole: StaffRole): Actor {
  return { ...anonymous, type: 'user', id: 'u', staffRole };
}

function key(type: 'account_key' | 'platform_key', scopes: readonly string[], inAccount = true): Actor {
  return { ...anonymous, type, id: 'k', account: inAccount ? account : null, scopes };
}

function allowedTo(actor: Actor): Action[] {
  return everyAction.filter((action) => isAllowed(actor, action));
}

const reading = ['account.read', 'packages.read', 'credits.read', 'usage.read', 'payment_options.read'] as const;
const seeing = [...reading, 'invoices.read', 'payments.read'] as const;
const watching = [...seeing, 'credit_alerts.read', 'saved_methods.read'] as const;
const paying = ['invoices.pay', 'payments.confirm', 'saved_methods.manage'] as const;
const buying = [...watching, ...paying, 'credit_alerts.manage', 'credits.purchase'] as const;
const working = ['credits.consume', 'holds.end'] as const;
const all = [...buying, ...working, 'api_keys.read', 'api_keys.manage'] as const;

function sorted(actions: readonly string[]): string[] {
  return actions.toSorted();
}

describe('permissions', () => {
  test('each role may do in its account what the guide promises', () => {
    const expected: Record<Role, readonly Action[]> = {
      owner: all,
      admin: all,
      billing: buying,
      viewer: seeing,
      member: [...reading, ...working],
    };
    for (const role of roles) {
      assert.deepEqual(sorted(allowedTo(member(role))), sorted([...expected[role], 'accounts.create']), role);
    }
  });

  test('staff may do on the platform what their role says, and nothing in an account they do not belong to', () => {
    const looking = [
      'accounts.create',
      'platform_keys.read',
      'gateway_events.read',
      'credit_costs.read',
      'payments.read_all',
      'payment_options.read_all',
    ] as const;
    const moving = ['payments.review', 'payments.refund', 'payment_options.manage', 'credit_costs.manage'] as const;
    const expected: Record<StaffRole, readonly Action[]> = {
      owner: [...looking, ...moving, 'platform_keys.manage', 'gateway_events.replay', 'credits.adjust'],
      finance: [...looking, ...moving, 'gateway_events.replay', 'credits.adjust'],
      support: [...looking, 'gateway_events.replay', 'credits.adjust'],
      read_only: looking,
    };
    for (const role of staffRoles) assert.deepEqual(sorted(allowedTo(staff(role))), sorted(expected[role]), role);
  });

  test('a key does what its scopes name, and an account key never anything on the platform', () => {
    assert.deepEqual(sorted(allowedTo(key('account_key', ['read']))), sorted(watching));
    assert.deepEqual(
      sorted(allowedTo(key('account_key', ['purchase']))),
      sorted([
        'packages.read',
        'payment_options.read',
        'payments.read',
        'payments.confirm',
        'invoices.pay',
        'credits.purchase',
        'credit_alerts.manage',
        'saved_methods.read',
      ]),
    );
    assert.deepEqual(sorted(allowedTo(key('account_key', ['consume']))), sorted(['credits.read', ...working]));
    assert.deepEqual(allowedTo(key('account_key', ['accounts.create'])), []);
    assert.deepEqual(allowedTo(key('account_key', [])), []);
    assert.deepEqual(allowedTo(key('platform_key', ['accounts.create'], false)), ['accounts.create']);
    assert.deepEqual(allowedTo(key('platform_key', ['read'], false)), []);
    assert.deepEqual(sorted(allowedTo(key('platform_key', ['read']))), sorted(watching));
  });

  test('a suspended account may be looked at and its payments finished, nothing else', () => {
    assert.deepEqual(
      sorted(allowedTo(member('owner', 'suspended'))),
      sorted([...watching, ...paying, 'holds.end', 'api_keys.read', 'accounts.create']),
    );
    assert.throws(() => authorize(member('owner', 'suspended'), 'credits.purchase'), AccountSuspended);
    // A role that could not do it anyway is told about the role.
    assert.throws(() => authorize(member('viewer', 'suspended'), 'credits.purchase'), Forbidden);
  });

  test('of a closed account the owner may still read the invoices, and keys nothing', () => {
    assert.deepEqual(sorted(allowedTo(member('owner', 'closed'))), sorted(['invoices.read', 'accounts.create']));
    assert.deepEqual(allowedTo(member('admin', 'closed')), ['accounts.create']);
    const closed: Actor = { ...key('account_key', ['read', 'purchase']), account: { ...account, status: 'closed' } };
    assert.deepEqual(allowedTo(closed), []);
  });

  test('nobody in particular may do nothing and is asked to sign in; the system may do all', () => {
    assert.deepEqual(permissionsOf(anonymous), []);
    assert.throws(() => authorize(anonymous, 'account.read'), Unauthenticated);
    assert.throws(() => authorize(anonymous, 'platform_keys.read'), Unauthenticated);
    assert.deepEqual(permissionsOf(system), everyAction);
  });

  test('who works in no account is asked to choose one', () => {
    assert.throws(() => authorize({ ...anonymous, type: 'user', id: 'u' }, 'account.read'), AccountRequired);
    assert.throws(() => authorize(key('platform_key', ['read'], false), 'account.read'), AccountRequired);
  });

  test('a refusal names the role or scope, the action, and what it takes', () => {
    assert.throws(() => authorize(member('viewer'), 'credits.purchase'), {
      code: 'forbidden',
      message: 'The role viewer may not buy credits (credits.purchase). It takes the role owner or admin or billing.',
      members: { action: 'credits.purchase' },
    });
    assert.throws(() => authorize(key('account_key', ['read']), 'credits.purchase'), {
      message: 'This API key may not buy credits (credits.purchase). It takes the scope purchase.',
    });
    assert.throws(
      () => authorize(key('account_key', ['read']), 'api_keys.read'),
      /No API key can; a person must sign in\./,
    );
    assert.throws(() => authorize(member('owner'), 'platform_keys.read'), /Without a role here you may not/);
  });

  test('only a user has a user id', () => {
    assert.equal(userIdOf(member('viewer')), 'u');
    assert.throws(() => userIdOf(key('account_key', ['read'])), Unauthenticated);
    assert.throws(() => userIdOf(system), Unauthenticated);
  });

  test('the guide shows the table the program goes by', () => {
    const guide = readFileSync(new URL('../../../../docs/guides/permissions.md', import.meta.url), 'utf8');
    assert.ok(guide.includes(permissionsTable()), 'docs/guides/permissions.md differs from permissionsTable().');
  });
});

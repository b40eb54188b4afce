import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import { storeGatewayEvent } from '#server/modules/inbox/index.ts';
import { accountPermissions, platformPermissions } from '#server/modules/team/permissions.ts';
import {
  accountActions,
  accountKeyScopes,
  platformActions,
  platformKeyScopes,
  roles,
  staffRoles,
} from '#shared/contract/access.ts';
import type { EndpointName } from '#shared/contract/routes.ts';
import { publicId } from '#shared/ids/index.ts';
import { accountState } from '#test/support/account-state.ts';
import { makeOperation } from '#test/support/metering.ts';
import { buy, buyAndPay } from '#test/support/purchase.ts';
import { rowCounts } from '#test/support/row-counts.ts';
import { savable, saveCard } from '#test/support/saved-methods.ts';
import { runStatement } from '#test/support/statement.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { png } from '#test/support/transfers.ts';
import { assertProblem, type Caller, type TestAnswer } from '#test/support/test-client.ts';
import { endpointNames, endpointOf, newMember, newPerson, newStaff, type Person } from '#test/support/test-people.ts';

/** What belongs to an account and has an address of its own. */
type Belongings = {
  readonly inv: string;
  readonly pay: string;
  readonly key: string;
  readonly evt: string;
  readonly eml: string;
  readonly hld: string;
  readonly led: string;
  readonly spm: string;
  readonly set: string;
  readonly crn: string;
  readonly prf: string;
  // Of the platform, or of nobody else than staff.
  readonly opr: string;
  readonly cst: string;
  readonly pop: string;
  readonly acc: string;
};

describe('who may call what', () => {
  let app: TestApp;
  let ours: Person;
  let theirs: Person;
  let theirBelongings: Belongings;
  let operationId: string;

  before(async () => {
    app = await createTestApp();
    ours = await newPerson(app);
    theirs = await newPerson(app);
    await buyAndPay(app, ours);
    operationId = await makeOperation(app.app, 'text.write');
    theirBelongings = await belongingsOf(theirs);
  });
  after(() => app.close());

  async function belongingsOf(person: Person): Promise<Belongings> {
    const paid = await buyAndPay(app, person);
    const open = await buy(app, person, { slug: 'pro' });
    const key = await newKey(person, ['read']);
    // The event and the mail belong to no account or to a user.
    const event = await inTransaction(app.app, 'system', (tx) =>
      storeGatewayEvent(tx, app.app, {
        gateway: 'stripe',
        gatewayEventId: `evt_${randomUUID()}`,
        type: 'customer.created',
        payload: Buffer.from('{"type": "customer.created", "data": {"object": {}}}'),
      }),
    );
    const setup = await saveCard(app, person, { number: savable.visa });
    const refund = { params: { id: paid.payment.id }, body: { reason: 'A test', amount: 1_00 } };
    const refunded = await app.ok('refundPayment', { as: await newStaff(app, 'owner'), ...refund });
    const hold = await app.ok('createHold', { as: person, body: { operation: 'text.write' } });
    const statement = await app.ok('getCreditStatement', { as: person });
    const mail = await app.ok('listSandboxMessages', { query: { to: person.email } });
    return {
      inv: open.invoice.id,
      pay: open.payment.id,
      key: key.id,
      evt: publicId('evt', event ?? ''),
      eml: mail.data[0]?.id ?? '',
      hld: hold.id,
      led: statement.data[0]?.id ?? '',
      spm: setup.saved_method?.id ?? '',
      set: setup.id,
      crn: refunded.credit_notes[0]?.id ?? '',
      prf: publicId('prf', randomUUID()),
      opr: publicId('opr', operationId),
      cst: publicId('cst', randomUUID()),
      pop: publicId('pop', randomUUID()),
      acc: person.id,
    };
  }

  async function newKey(person: Person, scopes: readonly string[]): Promise<{ id: string; caller: Caller }> {
    const { id, secret } = await app.ok('createAccountApiKey', { as: person, body: { name: 'Key', scopes } });
    return { id, caller: { headers: { authorization: `Bearer ${secret ?? ''}` } } };
  }

  /** Ids of the kinds an endpoint wants. */
  function idsFor(name: EndpointName, belongings: Belongings): Record<string, string> {
    const members = Object.entries(endpointOf(name).params?.shape ?? {});
    return Object.fromEntries(
      members.map(([member, schema]) => {
        const kind = String((schema as { meta(): { examples?: unknown[] } }).meta().examples?.[0]).slice(0, 3);
        // An account may also be named as the product names it.
        const wanted = kind === 'ext' ? 'acc' : kind;
        const found = Object.entries(belongings).find(([prefix]) => prefix === wanted);
        assert.ok(found !== undefined, `there is a ${kind} for ${name}`);
        return [member, found[1]];
      }),
    );
  }

  /** Calls an endpoint with a body it understands; what is in it decides after access. */
  async function reach(name: EndpointName, as: Caller | undefined, belongings?: Belongings): Promise<TestAnswer> {
    const bodies: { readonly [name in EndpointName]?: unknown } = {
      createAccount: { name: '', country: '' },
      createAccountApiKey: { name: 'Key', scopes: [] },
      createPlatformApiKey: { name: 'Key', scopes: [] },
      purchaseCredits: { package_id: 'none', payment_method: 'card' },
      payInvoice: { payment_method: 'card' },
      addPaymentMethod: { method: 'no_such_method' },
      switchAccount: { account_id: theirs.id },
    };
    return await app.call(name, {
      ...(as === undefined ? {} : { as }),
      ...(bodies[name] === undefined ? {} : { body: bodies[name] }),
      ...(endpointOf(name).params === undefined ? {} : { params: idsFor(name, belongings ?? nothing) }),
      ...(endpointOf(name).upload === undefined
        ? {}
        : { payload: png(), query: { filename: 'a.png' }, headers: { 'content-type': 'image/png' } }),
    });
  }

  const nothing: Belongings = {
    inv: publicId('inv', randomUUID()),
    pay: publicId('pay', randomUUID()),
    key: publicId('key', randomUUID()),
    evt: publicId('evt', randomUUID()),
    eml: publicId('eml', randomUUID()),
    hld: publicId('hld', randomUUID()),
    led: publicId('led', randomUUID()),
    spm: publicId('spm', randomUUID()),
    set: publicId('set', randomUUID()),
    crn: publicId('crn', randomUUID()),
    prf: publicId('prf', randomUUID()),
    opr: publicId('opr', randomUUID()),
    cst: publicId('cst', randomUUID()),
    pop: publicId('pop', randomUUID()),
    acc: publicId('acc', randomUUID()),
  };

  /** Whether an endpoint is for people alone. */
  function isOfNoKey(name: EndpointName): boolean {
    const action = accountActions.find((candidate) => candidate === endpointOf(name).access);
    return action !== undefined && accountPermissions[action].scopes.length === 0;
  }

  const withIdInAccount = endpointNames.filter((name) => {
    const { access, params } = endpointOf(name);
    return params !== undefined && accountActions.some((action) => action === access);
  });

  test('an id of another tenant is answered like one of nothing, to every kind of caller, and nothing changes', async () => {
    const key = await newKey(ours, [...accountKeyScopes]);
    const platform = { headers: { ...app.platform.headers, 'purser-account': ours.id } };
    const untouched = [await rowCounts(app.database), await accountState(app.app, theirs.accountId)];
    assert.ok(withIdInAccount.length >= 5);
    for (const name of withIdInAccount) {
      const own = await reach(name, ours, theirBelongings);
      const hidden = assertProblem(own, 'not_found');
      const missing = assertProblem(await reach(name, ours), 'not_found');
      assert.equal(hidden.detail, missing.detail, 'the words do not tell the two apart');
      for (const caller of [key.caller, platform]) {
        const { status } = await reach(name, caller, theirBelongings);
        assert.ok(status === 404 || (status === 403 && isOfNoKey(name)), `${name}: ${String(status)}`);
      }
    }
    assertProblem(await reach('switchAccount', ours), 'not_found');
    assert.deepEqual([await rowCounts(app.database), await accountState(app.app, theirs.accountId)], untouched);
    const works = await app.call('getInvoice', { as: theirs, params: { id: theirBelongings.inv } });
    assert.equal(works.status, 200, 'the owner finds it');
  });

  test('lists, packages and balance are those of the caller alone', async () => {
    const mine = await app.ok('listInvoices', { as: ours });
    assert.ok(mine.data.length > 0);
    assert.ok(!mine.data.some((invoice) => invoice.id === theirBelongings.inv));
    const keys = await app.ok('listAccountApiKeys', { as: ours });
    assert.ok(!keys.data.some((key) => key.id === theirBelongings.key));
    assert.equal((await app.ok('getAccountSettings', { as: ours })).id, ours.id);
  });

  test('an account key works in its account only, whatever account a header names', async () => {
    const { caller } = await newKey(ours, ['read']);
    const as = { headers: { ...caller.headers, 'purser-account': theirs.id } };
    const answer = await app.call('getAccountSettings', { as });
    assert.ok(answer.status >= 400 || JSON.parse(answer.body).id === ours.id);
  });

  test('row security alone hides the rows of others, were a query ever to forget the account', async () => {
    const seen = await inRead(app.app, { account: ours.accountId }, async (db) => ({
      invoices: await db.selectFrom('invoices').select('account_id').distinct().execute(),
      payments: await db.selectFrom('payments').select('account_id').distinct().execute(),
      lots: await db.selectFrom('credit_lots').select('account_id').distinct().execute(),
      keys: await db.selectFrom('api_keys').select('account_id').distinct().execute(),
      accounts: await db.selectFrom('accounts').select('id as account_id').execute(),
      emails: await db.selectFrom('email_messages').select('account_id').distinct().execute(),
    }));
    for (const [table, rows] of Object.entries(seen)) {
      assert.deepEqual(rows, [{ account_id: ours.accountId }], table);
    }
  });

  test('without a session or a key every endpoint that is not public answers 401', async () => {
    for (const name of endpointNames) {
      const { access } = endpointOf(name);
      const answer = await reach(name, undefined);
      if (access === 'public' || access === 'sandbox')
        assert.notEqual(answer.body.includes('"unauthenticated"'), true, name);
      else assertProblem(answer, 'unauthenticated');
    }
  });

  test('every role of an account may do exactly what the table of permissions says', async () => {
    for (const role of roles) {
      const person = role === 'owner' ? ours : await newMember(app, ours, role);
      const { permissions } = await app.ok('getSession', { as: person });
      for (const name of endpointNames) {
        const action = accountActions.find((candidate) => candidate === endpointOf(name).access);
        if (action === undefined) continue;
        const isAllowed = accountPermissions[action].roles.includes(role);
        assert.equal(permissions.includes(action), isAllowed, `${role} is told of ${action}`);
        assertAllowed(await reach(name, person), isAllowed, `${role} at ${name}`);
      }
    }
  });

  test('every role of the staff may do exactly what the table of permissions says, and customers nothing of it', async () => {
    const people = await Promise.all(staffRoles.map(async (role) => ({ role, person: await newStaff(app, role) })));
    for (const name of endpointNames) {
      const action = platformActions.find((candidate) => candidate === endpointOf(name).access);
      if (action === undefined) continue;
      const permission = platformPermissions[action];
      for (const { role, person } of people) {
        const isAllowed = permission.everyUser || permission.staff.includes(role);
        assertAllowed(await reach(name, person), isAllowed, `${role} at ${name}`);
      }
      assertAllowed(await reach(name, ours), permission.everyUser, `a customer at ${name}`);
    }
  });

  test('every scope of a key opens exactly what the table of permissions says', async () => {
    const staff = await newStaff(app, 'owner');
    for (const scope of platformKeyScopes) {
      const body = { name: 'Key', scopes: [scope] };
      const { secret } = await app.ok('createPlatformApiKey', { as: staff, body });
      const platform = { headers: { authorization: `Bearer ${secret ?? ''}`, 'purser-account': ours.id } };
      const callers = [{ kind: 'platform', caller: platform }];
      const accountScope = accountKeyScopes.find((candidate) => candidate === scope);
      if (accountScope !== undefined) {
        callers.push({ kind: 'account', caller: (await newKey(ours, [accountScope])).caller as typeof platform });
      }
      for (const { kind, caller } of callers) {
        for (const name of endpointNames) {
          const { access } = endpointOf(name);
          const accountAction = accountActions.find((action) => action === access);
          const platformAction = platformActions.find((action) => action === access);
          const scopes =
            accountAction !== undefined
              ? accountPermissions[accountAction].scopes
              : platformAction !== undefined && kind === 'platform'
                ? platformPermissions[platformAction].scopes
                : [];
          if (accountAction === undefined && platformAction === undefined) continue;
          assertAllowed(await reach(name, caller), scopes.includes(scope), `${kind} key with ${scope} at ${name}`);
        }
      }
    }
  });

  test('a suspended account is looked at and finishes payments, and a closed one shows invoices to its owner', async () => {
    const person = await newPerson(app);
    await buy(app, person);
    for (const status of ['suspended', 'closed'] as const) {
      await runStatement(app.app, `update purser.accounts set status = '${status}' where id = '${person.accountId}'`);
      for (const name of endpointNames) {
        const action = accountActions.find((candidate) => candidate === endpointOf(name).access);
        if (action === undefined) continue;
        const { whileSuspended, whileClosed } = accountPermissions[action];
        const isAllowed = status === 'suspended' ? whileSuspended !== false : whileClosed.includes('owner');
        assertAllowed(await reach(name, person), isAllowed, `${status} at ${name}`);
      }
    }
  });
});

/** Whether access was given: what the endpoint then made of the request is not what is asked here. */
function assertAllowed(answer: TestAnswer, isAllowed: boolean, what: string): void {
  const isRefused = answer.status === 403 || answer.status === 401;
  assert.equal(isRefused, !isAllowed, `${what}: ${String(answer.status)} ${answer.body.slice(0, 300)}`);
  assert.ok(answer.status < 500, `${what}: ${answer.body}`);
}

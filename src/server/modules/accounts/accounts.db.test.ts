import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createClock } from '#server/platform/clock/index.ts';
import { inRead, inTransaction, openPool, type Pool } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import { createIds } from '#server/platform/ids/index.ts';
import { createTestDatabase, type TestDatabase } from '#test/support/test-database.ts';
import {
  accountApiKey,
  accountApiKeys,
  accountById,
  accountsByIds,
  ExternalIdTaken,
  findAccountByExternalId,
  findApiKey,
  fixCurrency,
  hashOfApiKey,
  insertAccount,
  insertApiKey,
  type NewAccount,
  newApiKey,
  noteKeyUse,
  platformApiKeys,
  revokeKey,
} from './index.ts';

describe('accounts', () => {
  let database: TestDatabase;
  let app: { pool: Pool };
  const clock = createClock();
  const ids = createIds(clock);

  before(async () => {
    database = await createTestDatabase();
    app = { pool: openPool(database.connections.app, 12) };
  });

  after(async () => {
    await app.pool.close();
    await database.drop();
  });

  function newAccount(changes: Partial<NewAccount> = {}): NewAccount {
    return {
      id: ids.next(),
      externalId: null,
      name: 'Acme',
      billingEmail: 'billing@acme.example',
      country: 'DE',
      address: {},
      timeZone: 'Europe/Berlin',
      locale: 'de',
      currency: 'EUR',
      now: clock.now(),
      ...changes,
    };
  }

  async function make(changes: Partial<NewAccount> = {}): Promise<NewAccount> {
    const account = newAccount(changes);
    await inTransaction(app, 'system', (tx) => insertAccount(tx, account));
    return account;
  }

  async function makeKey(accountId: string | null): Promise<{ id: string; key: string }> {
    const made = { id: ids.next(), key: newApiKey('test') };
    await inTransaction(app, 'system', (tx) =>
      insertApiKey(tx, { ...made, accountId, name: 'Key', scopes: ['read'], createdBy: null, now: clock.now() }),
    );
    return made;
  }

  test('twelve accounts of one name at once get twelve slugs, the first of them the plain one', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => make({ name: 'Twelve & Sons' })));
    const accounts = await inRead(app, 'system', (db) =>
      accountsByIds(
        db,
        made.map(({ id }) => id),
      ),
    );
    const slugs = accounts.map(({ slug }) => slug);
    assert.equal(new Set(slugs).size, 12);
    for (const slug of ['twelve-sons', 'twelve-sons-2', 'twelve-sons-5']) assert.ok(slugs.includes(slug), slug);
    for (const slug of slugs) assert.match(slug, /^twelve-sons(-[2-5]|-[0-9a-f]{12})?$/);
  });

  test('a slug is free for another scope too: an account may be made within its own scope', async () => {
    await make({ name: 'Scoped' });
    const account = newAccount({ name: 'Scoped' });
    await inTransaction(app, { account: account.id }, (tx) => insertAccount(tx, account));
    const stored = await inRead(app, { account: account.id }, (db) => accountById(db, account.id));
    assert.equal(stored.slug, 'scoped-2');
    assert.equal(stored.status, 'active');
    assert.equal(stored.currencyFixedAt, null);
  });

  test('an external id is taken once, by one of eight at once, and finds its account', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => make({ externalId: 'customer-7' })));
    const made = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    assert.equal(made.length, 1);
    for (const one of tries) if (one.status === 'rejected') assert.ok(one.reason instanceof ExternalIdTaken);
    const found = await inRead(app, 'system', (db) => findAccountByExternalId(db, 'customer-7'));
    assert.equal(found?.id, made[0]?.id);
    assert.equal(await inRead(app, 'system', (db) => findAccountByExternalId(db, 'customer-8')), null);
  });

  test('another account is not there', async () => {
    const [one, other] = [await make(), await make()];
    await assert.rejects(
      inRead(app, { account: one.id }, (db) => accountById(db, other.id)),
      NotFound,
    );
  });

  test('the first invoice fixes the currency, for the database too', async () => {
    const { id } = await make();
    const fixedAt = clock.now();
    await inTransaction(app, { account: id }, (tx) => fixCurrency(tx, id, fixedAt));
    await inTransaction(app, { account: id }, (tx) => fixCurrency(tx, id, new Date(fixedAt.getTime() + 1_000)));
    const account = await inRead(app, { account: id }, (db) => accountById(db, id));
    assert.deepEqual(account.currencyFixedAt, fixedAt);
    await assert.rejects(
      inTransaction(app, { account: id }, (tx) =>
        tx.updateTable('accounts').set({ currency: 'USD' }).where('id', '=', id).execute(),
      ),
      /currency of the account is fixed/,
    );
  });

  test('a key is found by its hash, with its account, until it is revoked; the key itself is nowhere', async () => {
    const account = await make();
    const made = await makeKey(account.id);
    const find = () => inRead(app, 'system', (db) => findApiKey(db, hashOfApiKey(made.key)));
    assert.deepEqual(await find(), {
      id: made.id,
      scopes: ['read'],
      account: { id: account.id, status: 'active' },
      lastUsedAt: null,
    });
    const scope = { account: account.id };
    const [listed] = await inRead(app, scope, (db) => accountApiKeys(db, account.id));
    assert.equal(listed?.id, made.id);
    assert.equal(listed.hint, `purser_test_…${made.key.slice(-4)}`);
    const rows = await inRead(app, 'system', (db) => db.selectFrom('api_keys').selectAll().execute());
    assert.ok(
      !JSON.stringify(rows, (_name, value: unknown) => (typeof value === 'bigint' ? '' : value)).includes(made.key),
    );

    const revokedAt = clock.now();
    assert.equal(await inTransaction(app, scope, (tx) => revokeKey(tx, account.id, made.id, revokedAt)), true);
    assert.equal(await inTransaction(app, scope, (tx) => revokeKey(tx, account.id, made.id, clock.now())), false);
    assert.equal(await find(), null);
    const key = await inRead(app, scope, (db) => accountApiKey(db, account.id, made.id));
    assert.deepEqual(key.revokedAt, revokedAt);
  });

  test('a key of the platform has no account, and no account sees it; nor is a key of an account among the platform’s', async () => {
    const account = await make();
    const [ofPlatform, ofAccount] = [await makeKey(null), await makeKey(account.id)];
    const known = await inRead(app, 'system', (db) => findApiKey(db, hashOfApiKey(ofPlatform.key)));
    assert.equal(known?.account, null);
    const listed = await inRead(app, 'system', platformApiKeys);
    assert.ok(listed.some(({ id }) => id === ofPlatform.id));
    assert.ok(!listed.some(({ id }) => id === ofAccount.id));
    const inAccount = await inRead(app, { account: account.id }, platformApiKeys);
    assert.deepEqual(inAccount, []);
    // Even with all rows in sight, the owner must match.
    await assert.rejects(
      inTransaction(app, 'system', (tx) => revokeKey(tx, account.id, ofPlatform.id, clock.now())),
      NotFound,
    );
    await assert.rejects(
      inTransaction(app, 'system', (tx) => revokeKey(tx, null, ofAccount.id, clock.now())),
      NotFound,
    );
  });

  test('an older note of a key’s use does not replace a later one', async () => {
    const { id, key } = await makeKey(null);
    const later = clock.now();
    await inTransaction(app, 'system', (tx) => noteKeyUse(tx, id, later));
    await inTransaction(app, 'system', (tx) => noteKeyUse(tx, id, new Date(later.getTime() - 1_000)));
    const known = await inRead(app, 'system', (db) => findApiKey(db, hashOfApiKey(key)));
    assert.deepEqual(known?.lastUsedAt, later);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import { assertLedgerBalances } from '#test/support/account-state.ts';
import { buyAndPay } from '#test/support/purchase.ts';
import { runStatement, runStatementAs } from '#test/support/statement.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { creditBalanceOf, type Grant, grantCredits, openCreditBalance } from './index.ts';

/** What a rolled-back grant throws. */
class ChangedMind extends Error {}

const ledgerTables = ['ledger_entries', 'ledger_entry_lots'];

describe('the ledger of credits', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp();
  });
  after(() => app.close());

  function grantOf(accountId: string, units: bigint, reason: string): Grant {
    return {
      accountId,
      kind: 'bonus',
      units,
      expiresAt: null,
      sourceType: 'test',
      sourceId: null,
      reasonKey: reason,
      actorType: 'system',
      actorId: null,
    };
  }

  /** Answers whether credits were granted; a grant that is not kept is rolled back. */
  async function give(grant: Grant, keep = true): Promise<boolean> {
    try {
      return await inTransaction(app.app, { account: grant.accountId }, async (tx) => {
        const isNew = await grantCredits(tx, app.app, grant);
        if (!keep) throw new ChangedMind();
        return isNew;
      });
    } catch (thrown) {
      if (!(thrown instanceof ChangedMind)) throw thrown;
      return false;
    }
  }

  const grants = fc.array(
    fc.record({
      account: fc.nat({ max: 2 }),
      units: fc.bigInt({ min: 1n, max: 2n ** 50n }),
      reason: fc.nat({ max: 9 }),
      keep: fc.boolean(),
    }),
    { maxLength: 40 },
  );

  for (const [how, isAtOnce] of [
    ['one after the other', false],
    ['all at once', true],
  ] as const) {
    test(`random grants ${how}: each reason counts once, and balance, postings and lots agree`, async () => {
      await fc.assert(
        fc.asyncProperty(grants, async (wanted) => {
          const accounts = [await app.provision(), await app.provision(), await app.provision()];
          const expected = new Map<string, Set<string>>();
          const work = wanted.map(({ account, units, reason, keep }) => async () => {
            const { accountId } = accounts[account] ?? { accountId: '' };
            const key = `reason:${String(reason)}`;
            const isNew = await give(grantOf(accountId, units, key), keep);
            if (keep) expected.set(accountId, (expected.get(accountId) ?? new Set()).add(key));
            return { accountId, units: isNew ? units : 0n };
          });
          const done: { accountId: string; units: bigint }[] = [];
          if (isAtOnce) done.push(...(await Promise.all(work.map((start) => start()))));
          else for (const start of work) done.push(await start());
          for (const { accountId } of accounts) {
            const { available, held } = await inRead(app.app, { account: accountId }, (db) =>
              creditBalanceOf(db, accountId),
            );
            const granted = done.filter((grant) => grant.accountId === accountId);
            assert.equal(
              available,
              granted.reduce((sum, grant) => sum + grant.units, 0n),
            );
            assert.equal(held, 0n);
            const entries = await inRead(app.app, { account: accountId }, (db) =>
              db
                .selectFrom('ledger_entries')
                .select(['reason_key', 'units', 'available_after'])
                .orderBy('id')
                .execute(),
            );
            assert.deepEqual(new Set(entries.map((entry) => entry.reason_key)), expected.get(accountId) ?? new Set());
            assert.equal(entries.length, expected.get(accountId)?.size ?? 0);
          }
          await assertLedgerBalances(app.app);
        }),
        { numRuns: 8, endOnFailure: true },
      );
    });
  }

  test('twenty grants for one reason at once are one grant', async () => {
    const { accountId } = await app.provision();
    const done = await Promise.all(Array.from({ length: 20 }, () => give(grantOf(accountId, 7n, 'invoice_line:1'))));
    assert.equal(done.filter(Boolean).length, 1);
    assert.equal((await inRead(app.app, { account: accountId }, (db) => creditBalanceOf(db, accountId))).available, 7n);
  });

  test('grants of one account at once leave running balances without a gap', async () => {
    const { accountId } = await app.provision();
    await Promise.all(
      Array.from({ length: 25 }, (_, index) => give(grantOf(accountId, BigInt(index + 1), `r${String(index)}`))),
    );
    const entries = await inRead(app.app, { account: accountId }, (db) =>
      db.selectFrom('ledger_entries').select(['units', 'available_after']).orderBy('available_after').execute(),
    );
    let running = 0n;
    for (const entry of entries) {
      running += entry.units;
      assert.equal(entry.available_after, running);
    }
    assert.equal(running, 325n);
  });

  test('an account that has none yet gets its balance once, and keeps what it has', async () => {
    const { accountId } = await app.provision();
    await give(grantOf(accountId, 5n, 'first'));
    await inTransaction(app.app, { account: accountId }, (tx) => openCreditBalance(tx, accountId));
    assert.equal((await inRead(app.app, { account: accountId }, (db) => creditBalanceOf(db, accountId))).available, 5n);
  });

  for (const who of ['app', 'owner'] as const) {
    test(`is neither changed nor emptied by purser_${who}`, async () => {
      await buyAndPay(app, await app.provision());
      // The app lacks the right; the owner, who has every right, is refused by the table itself.
      const code = who === 'app' ? '42501' : '23001';
      const connection = app.database.connections[who];
      for (const table of ledgerTables) {
        for (const statement of [
          `update purser.${table} set units = units + 1`,
          `delete from purser.${table}`,
          `truncate purser.${table} cascade`,
        ]) {
          await assert.rejects(runStatementAs(connection, statement), { code }, statement);
        }
      }
    });
  }

  test('no balance, lot or entry can be negative or nothing', async () => {
    const { accountId } = await app.provision();
    await give(grantOf(accountId, 10n, 'positive'));
    const mine = `where account_id = '${accountId}'`;
    for (const statement of [
      `update purser.credit_balances set available = -1 ${mine}`,
      `update purser.credit_balances set held = -1 ${mine}`,
      `update purser.credit_lots set remaining = -1 ${mine}`,
      `update purser.credit_lots set remaining = units + 1 ${mine}`,
    ]) {
      await assert.rejects(runStatement(app.app, statement), { code: '23514' }, statement);
    }
    await assert.rejects(give(grantOf(accountId, 0n, 'nothing')), { code: '23514' });
    await assert.rejects(give(grantOf(accountId, -3n, 'less')), { code: '23514' });
    await assertLedgerBalances(app.app);
  });

  test('a grant is not written in the scope of another account', async () => {
    const [one, other] = [await app.provision(), await app.provision()];
    const crossing = inTransaction(app.app, { account: one.accountId }, (tx) =>
      grantCredits(tx, app.app, grantOf(other.accountId, 1n, 'crossing')),
    );
    await assert.rejects(crossing, /no result/);
  });
});

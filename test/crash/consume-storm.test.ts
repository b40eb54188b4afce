import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, describe, test } from 'node:test';
import { checkInvariants } from '#server/modules/reports/index.ts';
import { createClock } from '#server/platform/clock/index.ts';
import { inRead, openPool, type Pool } from '#server/platform/db/index.ts';
import { createIds } from '#server/platform/ids/index.ts';
import { giveCredits, makeOperation } from '#test/support/metering.ts';
import type { SpawnedProcess } from '#test/support/spawned-process.ts';
import { createInstallation, type Installation } from '#test/support/spawned-purser.ts';
import { uuidOf } from '#test/support/test-client.ts';

const accountsCount = 3;
const clientsCount = 24;
const consumesOfClient = 40;
const kills = 4;
const grantedUnits = 100_000n;
/** How long a client insists on one consume before the test gives it up. */
const patienceMs = 90_000;

describe('killed during a storm of consumes', () => {
  let installation: Installation;
  let pool: Pool;
  let app: SpawnedProcess;
  const accounts: string[] = [];

  before(async () => {
    installation = await createInstallation();
    pool = openPool(installation.database.connections.app, 2);
    await installation.startStripe();
    app = await installation.startApp();
    const clock = createClock(0);
    const writer = { pool, clock, ids: createIds(clock) };
    await makeOperation(writer, 'storm.unit');
    for (let index = 0; index < accountsCount; index += 1) {
      const body = { name: `Storm ${String(index)}`, country: 'US', billing_email: 'pay@storm.example' };
      const answer = await installation.call('createAccount', { body, key: `account-${String(index)}` });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      accounts.push(String(answer.body['id']));
      await giveCredits(writer, uuidOf(accounts[index] ?? ''), grantedUnits);
    }
  });
  after(async () => {
    await pool.close();
    await installation.close();
  });

  /** Repeats one consume under its key until it is answered. Answers the id of its entry. */
  async function insist(account: string, key: string, quantity: number): Promise<string> {
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      try {
        const body = { operation: 'storm.unit', quantity };
        const answer = await installation.call('consumeCredits', { account, key, body });
        if (answer.status === 200) return String(answer.body['id']);
        assert.ok([429, 503].includes(answer.status), `${String(answer.status)} ${JSON.stringify(answer.body)}`);
      } catch (thrown) {
        // The process died before it answered, or is not up again yet.
        if (!(thrown instanceof TypeError)) throw thrown;
      }
      await delay(20);
    }
    return assert.fail(`The consume ${key} was not answered in time.`);
  }

  test('nothing that was answered is lost, and nothing is spent twice', async () => {
    const answered = new Map<string, { account: string; entry: string; quantity: number }>();
    const clients = Array.from({ length: clientsCount }, async (_, client) => {
      const account = accounts[client % accountsCount] ?? '';
      for (let turn = 0; turn < consumesOfClient; turn += 1) {
        const key = `storm-${String(client)}-${String(turn)}`;
        const quantity = 1 + ((client * 7 + turn) % 5);
        answered.set(key, { account, entry: await insist(account, key, quantity), quantity });
      }
    });
    const all = clientsCount * consumesOfClient;
    let hasFailed = false;
    const storm = Promise.all(clients).catch((thrown: unknown) => {
      hasFailed = true;
      throw thrown;
    });
    storm.catch(() => undefined);
    let met = 0;
    for (let kill = 1; kill <= kills; kill += 1) {
      const killedAt = Math.floor((all * kill) / (kills + 1));
      while (answered.size < killedAt && !hasFailed) await delay(5);
      if (answered.size < all) met += 1;
      await app.stop('SIGKILL');
      app = await installation.startApp();
    }
    await storm;
    assert.equal(met, kills, 'every kill met a storm under way');
    assert.equal(answered.size, all);

    for (const account of accounts) {
      const own = [...answered].filter(([, one]) => one.account === account);
      const { entries, available } = await inRead({ pool }, { account: uuidOf(account) }, async (db) => ({
        entries: await db
          .selectFrom('ledger_entries')
          .select(['id', 'units', 'reason_key'])
          .where('kind', '=', 'consumption')
          .execute(),
        available: (await db.selectFrom('credit_balances').select('available').executeTakeFirstOrThrow()).available,
      }));
      assert.equal(entries.length, own.length, 'every consume is one entry');
      const units = new Map(entries.map((entry) => [entry.id, entry.units]));
      for (const [key, { entry, quantity }] of own) assert.equal(units.get(uuidOf(entry)), BigInt(quantity), key);
      const spent = own.reduce((sum, [, { quantity }]) => sum + BigInt(quantity), 0n);
      assert.equal(available, grantedUnits - spent);
    }
    await inRead({ pool }, 'system', async (db) => {
      for await (const result of checkInvariants(db)) assert.deepEqual(result.offenders, [], result.name);
    });
  });
});

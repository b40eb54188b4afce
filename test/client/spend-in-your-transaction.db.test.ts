import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import pg from 'pg';
import { publicId, uuidOfPublicId } from '#shared/ids/index.ts';
import type { App } from '#server/flows/app.ts';
import { consumeCredits as consumeByApi } from '#server/flows/credits/consume-credits.ts';
import { system } from '#server/modules/team/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import { giveCredits, makeAccount, makeOperation } from '#test/support/metering.ts';
import { startTestApi, type TestApi } from '#test/support/test-api.ts';
import { testServer } from '#test/support/test-server.ts';
import { consumeCredits, type CreditUse, InsufficientCredits, PurserProblem } from '../../client/dist/index.js';

const example = path.join(import.meta.dirname, '../../examples/spend-inside-your-transaction');

type Order = {
  readonly requestId: string;
  readonly customerId: string;
  readonly title: string;
  readonly words: number;
};
type Written = { readonly articleId: string; readonly credits: number; readonly balance: number };

describe('spending credits in the transaction of the product', () => {
  let api: TestApi;
  let app: App;
  /** Prepares, and looks behind the wall. */
  let administrator: pg.Client;
  /** What the product connects as. */
  let saas: pg.Pool;
  let writeArticle: (pool: pg.Pool, order: Order) => Promise<Written>;

  before(async () => {
    api = await startTestApi();
    ({ app } = api);
    administrator = new pg.Client(testServer().url(api.database.name, 'postgres'));
    await administrator.connect();
    await administrator.query(readFileSync(path.join(example, 'setup.sql'), 'utf8'));
    saas = new pg.Pool({ connectionString: saasUrl() });
    await makeOperation(app, 'content.generate');
    ({ writeArticle } = (await import(path.join(example, 'write-article.js'))) as {
      writeArticle: typeof writeArticle;
    });
  });
  after(async () => {
    await saas.end();
    await administrator.end();
    await api.close();
  });

  function saasUrl(): string {
    return testServer().url(api.database.name, 'postgres').replace('user=postgres', 'user=saas');
  }

  /** An account with credits, by the id the product knows it under. */
  async function customer(credits: bigint): Promise<{ id: string; externalId: string }> {
    const id = await makeAccount(app);
    await administrator.query('update purser.accounts set external_id = $1 where id = $2', [`customer ${id}`, id]);
    if (credits > 0n) await giveCredits(app, id, credits);
    return { id, externalId: `customer ${id}` };
  }

  /** What the books and the product's table say about a customer. */
  async function stateOf({ id, externalId }: { id: string; externalId: string }) {
    const { rows } = await administrator.query<{ balance: string; entries: string; articles: string }>(
      `select (select available from purser.credit_balances where account_id = $1) as balance,
         (select count(*) from purser.ledger_entries where account_id = $1 and kind = 'consumption') as entries,
         (select count(*) from saas.articles where customer_id = $2) as articles`,
      [id, externalId],
    );
    return rows[0];
  }

  /** Spends in a transaction of its own and commits. */
  async function spend(use: CreditUse) {
    const client = await saas.connect();
    try {
      await client.query('begin');
      const spent = await consumeCredits(client, use);
      await client.query('commit');
      return spent;
    } catch (thrown) {
      await client.query('rollback');
      throw thrown;
    } finally {
      client.release();
    }
  }

  test('work and debit are committed together', async () => {
    const buyer = await customer(100n);
    const order = { requestId: app.ids.next(), customerId: buyer.externalId, title: 'On tides', words: 30 };
    const written = await writeArticle(saas, order);
    assert.equal(written.credits, 30);
    assert.equal(written.balance, 70);
    assert.deepEqual(await stateOf(buyer), { balance: '70', entries: '1', articles: '1' });
  });

  test('without enough credits there is neither work nor debit, and the error says what is missing', async () => {
    const buyer = await customer(20n);
    const order = { requestId: app.ids.next(), customerId: buyer.externalId, title: 'On tides', words: 30 };
    await assert.rejects(writeArticle(saas, order), (error) => {
      assert.ok(error instanceof InsufficientCredits && error instanceof PurserProblem);
      const { code, status, balance, required, shortfall } = error;
      assert.deepEqual(
        { code, status, balance, required, shortfall },
        { code: 'insufficient_credits', status: 402, balance: 20, required: 30, shortfall: 10 },
      );
      return true;
    });
    assert.deepEqual(await stateOf(buyer), { balance: '20', entries: '0', articles: '0' });
    await giveCredits(app, buyer.id, 10n);
    assert.equal((await writeArticle(saas, order)).balance, 0, 'a refused order may succeed later under its key');
  });

  test('a transaction that is rolled back has spent nothing', async () => {
    const buyer = await customer(20n);
    const client = await saas.connect();
    await client.query('begin');
    await consumeCredits(client, { externalId: buyer.externalId, operation: 'content.generate', key: 'k' });
    await client.query('rollback');
    client.release();
    assert.deepEqual(await stateOf(buyer), { balance: '20', entries: '0', articles: '0' });
  });

  test('an order that is sent twice, at once and later, is written and charged once', async () => {
    const buyer = await customer(100n);
    const order = { requestId: app.ids.next(), customerId: buyer.externalId, title: 'On tides', words: 30 };
    const answers = await Promise.all([1, 2, 3, 4].map(() => writeArticle(saas, order)));
    answers.push(await writeArticle(saas, order));
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    assert.deepEqual(await stateOf(buyer), { balance: '70', entries: '1', articles: '1' });
  });

  test('is the same debit as over HTTP: one key, one answer, whichever way it comes', async () => {
    const buyer = await customer(100n);
    const account = publicId('acc', buyer.id);
    const use = { account, operation: 'content.generate', quantity: 3, key: 'shared', reference: 'On tides' };
    const spent = await spend(use);
    const request = {
      key: 'shared',
      operation: 'content.generate',
      variant: '',
      quantity: 3n,
      siteId: null,
      userId: null,
      reference: 'On tides',
      metadata: null,
    };
    const actor = { ...system, account: { id: buyer.id, status: 'active' } } as const;
    const replayed = await consumeByApi(app, actor, request, undefined);
    assert.deepEqual(
      {
        id: spent.id,
        credits: BigInt(spent.credits),
        balance: BigInt(spent.balance),
        held: BigInt(spent.held),
        at: spent.occurred_at,
      },
      {
        id: publicId('led', replayed.entryId),
        credits: replayed.units,
        balance: replayed.available,
        held: replayed.held,
        at: replayed.occurredAt.toISOString(),
      },
    );
    assert.deepEqual(await spend(use), spent, 'a repetition gets the same answer');
    await assert.rejects(
      spend({ ...use, quantity: 4 }),
      (error) => error instanceof PurserProblem && error.code === 'idempotency_key_reused' && error.status === 422,
    );
    await assert.rejects(
      consumeByApi(app, actor, { ...request, quantity: 4n }, undefined),
      (error) => error instanceof DomainError && error.code === 'idempotency_key_reused',
    );
  });

  test('says with the codes of the API why it refuses', async () => {
    const buyer = await customer(100n);
    const suspended = await customer(100n);
    const closed = await customer(100n);
    await administrator.query(`update purser.accounts set status = 'suspended' where id = $1`, [suspended.id]);
    await administrator.query(`update purser.accounts set status = 'closed' where id = $1`, [closed.id]);
    const use = { externalId: buyer.externalId, operation: 'content.generate', key: 'k' } as const;
    const noSite = publicId('sit', app.ids.next());
    const noUser = publicId('usr', app.ids.next());
    const refused: [CreditUse, string, number][] = [
      [{ ...use, externalId: 'nobody' }, 'not_found', 404],
      [{ ...use, externalId: undefined, account: publicId('acc', app.ids.next()) }, 'not_found', 404],
      [{ ...use, externalId: undefined, account: 'acc_nonsense' }, 'not_found', 404],
      [{ ...use, externalId: suspended.externalId }, 'account_suspended', 403],
      [{ ...use, externalId: closed.externalId }, 'forbidden', 403],
      [{ ...use, operation: 'content.unknown' }, 'operation_unknown', 422],
      [{ ...use, site: noSite }, 'site_unknown', 422],
      [{ ...use, user: noUser }, 'user_unknown', 422],
      [{ ...use, quantity: 0 }, 'validation_failed', 422],
      [{ ...use, quantity: 1.5 }, 'validation_failed', 422],
      [{ ...use, quantity: 1_000_000_001 }, 'validation_failed', 422],
      [{ ...use, operation: 'No Code' }, 'validation_failed', 422],
      [{ ...use, variant: 'two words' }, 'validation_failed', 422],
      [{ ...use, site: 'nonsense' }, 'validation_failed', 422],
      [{ ...use, key: 'two words' }, 'validation_failed', 422],
      [{ ...use, key: 'x'.repeat(256) }, 'validation_failed', 422],
      [{ ...use, reference: 'two\nlines' }, 'validation_failed', 422],
      [{ ...use, metadata: { '': 1 } }, 'validation_failed', 422],
    ];
    for (const [request, code, status] of refused) {
      const refusal = await spend(request).catch((thrown: unknown) => thrown);
      assert.ok(refusal instanceof PurserProblem, `${code}: ${String(refusal)}`);
      assert.deepEqual([refusal.code, refusal.status], [code, status], JSON.stringify(request));
    }
    assert.deepEqual(await stateOf(buyer), { balance: '100', entries: '0', articles: '0' });
  });

  test('needs the connection of the transaction, not the pool', async () => {
    await assert.rejects(
      consumeCredits(saas, { externalId: 'x', operation: 'content.generate', key: 'k' }),
      /needs the client of your transaction, not the pool/,
    );
  });

  test('lets the product see and change nothing else, and leaves no rights behind', async () => {
    const buyer = await customer(10n);
    const client = await saas.connect();
    try {
      await client.query('begin');
      await consumeCredits(client, { externalId: buyer.externalId, operation: 'content.generate', key: 'k' });
      const scope = await client.query(`select current_setting('purser.scope', true) as scope, current_user as who`);
      assert.deepEqual(scope.rows, [{ scope: '', who: 'saas' }]);
      await client.query('commit');
      const forbidden = [
        'select * from purser.credit_balances',
        'update purser.credit_balances set available = 1000',
        'select * from purser_auth."user"',
        `select purser.consume_batch(now(), '[]')`,
        `select purser.take_invoice_number(gen_random_uuid(), 'INV', '2026-11')`,
      ];
      for (const statement of forbidden) await assert.rejects(client.query(statement), { code: '42501' }, statement);
    } finally {
      client.release();
    }
    const app_ = new pg.Client(api.database.connections.app);
    await app_.connect();
    await assert.rejects(app_.query(`select purser.consume('ext:x', 'content.generate', 'k')`), { code: '42501' });
    await app_.end();
  });

  test('writes public ids as the API does, and reads them back', async () => {
    const uuids = fc.array(fc.uuid(), { minLength: 1, maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(uuids, async (ids) => {
        const { rows } = await administrator.query<{ id: string; text: string; back: string | null }>(
          `select id, purser.public_id('led', id) as text,
             purser.uuid_of_public_id('led', purser.public_id('led', id)) as back from unnest($1::uuid[]) id`,
          [ids],
        );
        for (const { id, text, back } of rows) {
          assert.equal(text, publicId('led', id));
          assert.equal(back, uuidOfPublicId('led', text));
        }
      }),
      { numRuns: 20 },
    );
    const wrong = [
      '',
      'led_',
      'acc_01k9',
      `led_${'8'.padEnd(26, '0')}`,
      `led_${'0'.repeat(25)}u`,
      `x led_${'0'.repeat(26)}`,
    ];
    for (const text of wrong) {
      assert.equal(uuidOfPublicId('led', text), null);
      const { rows } = await administrator.query(`select purser.uuid_of_public_id('led', $1) as id`, [text]);
      assert.deepEqual(rows, [{ id: null }], text);
    }
  });

  test('the example runs as its README says', async () => {
    const buyer = await customer(2_000n);
    const env = { ...process.env, SAAS_DATABASE_URL: saasUrl() };
    const printed = await new Promise<string>((resolve) => {
      execFile(process.execPath, [path.join(example, 'main.js'), buyer.externalId], { env }, (_, stdout, stderr) => {
        resolve((stdout + stderr).replaceAll(/article \d+/g, 'article 1'));
      });
    });
    const readme = readFileSync(path.join(example, 'README.md'), 'utf8');
    assert.ok(readme.includes(printed), printed);
  });
});

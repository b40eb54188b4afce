import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { createInvoice } from '#server/flows/invoices/create-invoice.ts';
import { system } from '#server/modules/team/index.ts';
import { inRead, inTransaction, openPool, type Pool } from '#server/platform/db/index.ts';
import { createIds } from '#server/platform/ids/index.ts';
import { buyAndPay } from '#test/support/purchase.ts';
import { runStatement, runStatementAs } from '#test/support/statement.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import type { Customer } from '#test/support/test-client.ts';
import {
  draftInvoice,
  invoiceNumberText,
  issueDraft,
  type Seller,
  sellerOf,
  storeDraft,
  takeInvoiceNumber,
} from './index.ts';

const writers = 50;

/** What a rolled-back writer throws. */
class ChangedMind extends Error {}

describe('invoice numbers', () => {
  let app: TestApp;
  let customer: Customer;
  let seller: Seller;
  /** A connection for each writer, so that all of them are in their transactions at once. */
  let pool: Pool;

  before(async () => {
    app = await createTestApp();
    pool = openPool(app.database.connections.app, writers);
    customer = await app.provision();
    seller = await inRead(app.app, 'system', sellerOf);
  });
  after(async () => {
    await pool.close();
    await app.close();
  });

  /**
   * Issues an invoice at an instant, and then commits, thinks better of it, or has the database refuse something.
   * Answers whether it was committed.
   */
  async function write(at: Date, fate: 'commit' | 'roll back' | 'fail'): Promise<boolean> {
    const source = { clock: { ...app.app.clock, now: () => at }, ids: createIds({ ...app.app.clock, now: () => at }) };
    try {
      await inTransaction({ pool }, { account: customer.accountId }, async (tx) => {
        const draft = draftInvoice('USD', [{ description: 'Work', quantity: 1n, unitAmountMinor: 1_00n }]);
        const buyer = {
          name: 'Fernwood',
          email: null,
          taxId: null,
          line1: null,
          line2: null,
          city: null,
          state: null,
          postalCode: null,
          country: 'US',
          locale: 'en',
        };
        const id = await storeDraft(tx, source, {
          accountId: customer.accountId,
          seller,
          buyer,
          purpose: 'manual',
          draft,
        });
        await issueDraft(tx, source, { id, seller, purpose: 'manual' });
        if (fate === 'roll back') throw new ChangedMind();
        if (fate === 'fail') await sql`select 1 / 0`.execute(tx);
      });
      return true;
    } catch (thrown) {
      if (fate === 'commit') throw thrown;
      assert.ok(thrown instanceof ChangedMind || /division by zero/.test(String(thrown)));
      return false;
    }
  }

  async function numbersOf(
    period: string,
    series = 'INV',
  ): Promise<{ sequence: bigint | null; number: string | null }[]> {
    return await inRead(app.app, 'system', (db) =>
      db
        .selectFrom('invoices')
        .select(['sequence', 'number'])
        .where('period', '=', period)
        .where('series', '=', series)
        .orderBy('sequence')
        .execute(),
    );
  }

  async function assertGapless(period: string, count: number, first = 0n): Promise<void> {
    const rows = await numbersOf(period);
    const expected = Array.from({ length: count }, (_, index) => first + BigInt(index + 1));
    assert.deepEqual(
      rows.map((row) => row.sequence),
      expected,
    );
    assert.deepEqual(
      rows.map((row) => row.number),
      expected.map((sequence) => `INV-${period}-${String(sequence).padStart(5, '0')}`),
    );
  }

  test('fifty writers across the end of a month, some of which fail: each month has exactly one to n', async () => {
    const fate = fc.constantFrom('commit' as const, 'commit' as const, 'roll back' as const, 'fail' as const);
    const plan = fc.array(fc.record({ fate, isLate: fc.boolean() }), { minLength: writers, maxLength: writers });
    let year = 2030;
    await fc.assert(
      fc.asyncProperty(plan, async (writes) => {
        year += 1;
        const [last, first] = [
          new Date(`${String(year)}-01-31T23:59:59.999Z`),
          new Date(`${String(year)}-02-01T00:00:00Z`),
        ];
        const outcomes = await Promise.all(
          writes.map(({ fate: wanted, isLate }) => write(isLate ? first : last, wanted)),
        );
        const committed = (late: boolean) =>
          outcomes.filter((done, index) => done && writes[index]?.isLate === late).length;
        await assertGapless(`${String(year)}-01`, committed(false));
        await assertGapless(`${String(year)}-02`, committed(true));
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });

  test('past 99999 the numbers grow by a digit and stay apart', async () => {
    await runStatementAs(
      app.database.connections.owner,
      `insert into purser.invoice_number_counters (seller_id, series, period, last_number)
       values ('${seller.id}', 'INV', '2029-05', 99989)`,
    );
    const at = new Date('2029-05-10T12:00:00Z');
    const done = await Promise.all(
      Array.from({ length: 30 }, (_, index) => write(at, index % 3 === 0 ? 'fail' : 'commit')),
    );
    await assertGapless('2029-05', done.filter(Boolean).length, 99_989n);
    const last = (await numbersOf('2029-05')).at(-1);
    assert.equal(last?.number, 'INV-2029-05-100009');
  });

  test('two series of one month count apart, and every number is given back by a rollback', async () => {
    const take = async (series: string, keep: boolean): Promise<string | null> => {
      try {
        return await inTransaction({ pool }, { account: customer.accountId }, async (tx) => {
          const number = await takeInvoiceNumber(tx, seller.id, series, '2031-07-15');
          if (!keep) throw new ChangedMind();
          return number.text;
        });
      } catch (thrown) {
        assert.ok(thrown instanceof ChangedMind);
        return null;
      }
    };
    const taken = await Promise.all(
      Array.from({ length: 40 }, (_, index) => take(index % 2 === 0 ? 'INV' : 'CN', index % 5 !== 0)),
    );
    for (const series of ['INV', 'CN']) {
      const texts = taken.filter((text): text is string => text?.startsWith(`${series}-`) === true).toSorted();
      assert.deepEqual(
        texts,
        texts.map((_, index) => invoiceNumberText(series, '2031-07', BigInt(index + 1))),
      );
      assert.equal(texts.length, 16);
    }
  });

  test('taking a number leaves the scope of the transaction as it was', async () => {
    const scope = await inTransaction(app.app, { account: customer.accountId }, async (tx) => {
      await takeInvoiceNumber(tx, seller.id, 'INV', '2032-01-01');
      const { rows } = await sql<{ scope: string }>`select current_setting('purser.scope', true) as scope`.execute(tx);
      return rows[0]?.scope ?? '';
    });
    assert.equal(scope, '');
  });

  test('a number is the series, the month, and at least five digits', () => {
    assert.equal(invoiceNumberText('INV', '2026-11', 1n), 'INV-2026-11-00001');
    assert.equal(invoiceNumberText('CN', '2026-11', 99_999n), 'CN-2026-11-99999');
    assert.equal(invoiceNumberText('INV', '2026-11', 100_000n), 'INV-2026-11-100000');
  });
});

describe('an invoice once issued', () => {
  let app: TestApp;
  let paid: string;
  let pending: string;

  before(async () => {
    app = await createTestApp();
    const customer = await app.provision();
    const purchase = await buyAndPay(app, customer);
    paid = `number = '${purchase.invoice.number ?? ''}'`;
    const lines = [{ description: 'Work', quantity: 3n, unitAmountMinor: 33_33n }];
    const id = await createInvoice(app.app, system, { accountId: customer.accountId, lines });
    pending = `id = '${id}'`;
  });
  after(() => app.close());

  const changes = [
    `total_minor = total_minor + 1, subtotal_minor = subtotal_minor + 1`,
    `number = 'INV-2026-01-99999'`,
    `sequence = sequence + 1`,
    `period = '2020-01'`,
    `currency = 'EUR'`,
    `issued_on = issued_on - 1`,
    `due_on = due_on + 30`,
    `buyer = buyer || '{"name": "Somebody else"}'`,
    `seller = '{}'`,
    `purpose = 'manual', seller = seller || '{"x": 1}'`,
  ];

  for (const who of ['app', 'owner'] as const) {
    test(`is not changed or deleted by purser_${who}`, async () => {
      const connection = app.database.connections[who];
      for (const which of [paid, pending]) {
        for (const change of changes) {
          const statement = `update purser.invoices set ${change} where ${which}`;
          await assert.rejects(runStatementAs(connection, statement), { code: '23001' }, statement);
        }
        await assert.rejects(runStatementAs(connection, `delete from purser.invoices where ${which}`), {
          code: '23001',
        });
        const lines = `invoice_id = (select id from purser.invoices where ${which})`;
        for (const statement of [
          `update purser.invoice_lines set description = 'Other work' where ${lines}`,
          `update purser.invoice_lines set quantity = 2, amount_minor = 2 * unit_amount_minor where ${lines}`,
          `delete from purser.invoice_lines where ${lines}`,
          `insert into purser.invoice_lines (id, account_id, invoice_id, position, description, quantity,
             unit_amount_minor, amount_minor, tax_category, tax_rate_basis_points, tax_minor)
           select gen_random_uuid(), account_id, id, 99, 'More', 1, 1, 1, 'O', 0, 0 from purser.invoices where ${which}`,
        ]) {
          await assert.rejects(runStatementAs(connection, statement), { code: '23001' }, statement);
        }
      }
      await assert.rejects(
        runStatementAs(
          connection,
          `update purser.invoices set amount_paid_minor = 0, status = 'pending' where ${paid}`,
        ),
        { code: '23001' },
      );
    });
  }

  test('is not truncated by the app', async () => {
    for (const table of ['invoices', 'invoice_lines', 'invoice_documents', 'files']) {
      await assert.rejects(runStatement(app.app, `truncate purser.${table} cascade`), { code: '42501' }, table);
    }
  });

  test('has lines that add up, and amounts that cannot say otherwise', async () => {
    const rows = await inRead(app.app, 'system', (db) =>
      db
        .selectFrom('invoices')
        .innerJoin('invoice_lines', 'invoice_lines.invoice_id', 'invoices.id')
        .select(({ fn }) => ['subtotal_minor', fn.sum<string>('amount_minor').as('lines')])
        .groupBy(['invoices.id', 'subtotal_minor'])
        .execute(),
    );
    assert.equal(rows.length, 2);
    for (const row of rows) assert.equal(BigInt(row.lines), row.subtotal_minor);
    await assert.rejects(
      runStatement(app.app, `update purser.invoices set amount_paid_minor = total_minor + 1 where ${pending}`),
      { code: '23514' },
    );
    await assert.rejects(runStatement(app.app, `update purser.invoices set status = 'paid' where ${pending}`), {
      code: '23514',
    });
  });
});

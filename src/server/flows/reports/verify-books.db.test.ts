import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { checkInvariants, type InvariantResult } from '#server/modules/reports/index.ts';
import { endHold, openBooks, placeHold } from '#server/modules/credits/index.ts';
import { createPayment, lockPayment } from '#server/modules/payments/index.ts';
import { system } from '#server/modules/team/index.ts';
import { inTransaction, openPool, type Pool } from '#server/platform/db/index.ts';
import { claimIdempotencyKey } from '#server/platform/idempotency/index.ts';
import { giveCredits, makeAccount, makeOperation } from '#test/support/metering.ts';
import { startTestApi, type TestApi } from '#test/support/test-api.ts';
import { testServer } from '#test/support/test-server.ts';
import { createInvoice } from '../invoices/create-invoice.ts';
import { applyDisputeState } from '../steps/apply-dispute-state.ts';
import { applyPaymentState } from '../steps/apply-payment-state.ts';
import { applyRefundState } from '../steps/apply-refund-state.ts';
import { openRefund } from '../steps/open-refund.ts';
import { verifyBooks } from './verify-books.ts';

/** What breaks each invariant, as SQL, and words that name the row it breaks. */
const violations: readonly { readonly name: string; readonly plant: string; readonly named: RegExp }[] = [
  {
    name: 'a balance is the sum of its postings',
    plant: 'update purser.credit_balances set available = available + 1',
    named: /^account .*: its balance says \d+ available/,
  },
  {
    name: 'nothing is below zero',
    plant: `alter table purser.credit_balances drop constraint credit_balances_available_check;
      update purser.credit_balances set available = -1`,
    named: /^account .*: -1 available, 57 held$/,
  },
  {
    name: 'an entry follows the one before it',
    plant: 'update purser.ledger_entries set sequence = sequence + 100 where sequence >= 3',
    named: /^entry .*: it is number 103 of account .* and follows number 2$/,
  },
  {
    name: 'an entry follows the one before it',
    plant: 'update purser.ledger_entries set available_after = available_after + 7 where sequence = 2',
    named: /^entry .*: \d+ available and 0 held after it do not follow from/,
  },
  {
    name: 'a balance stands at its last entry',
    plant: 'update purser.credit_balances set entries = entries - 1',
    named: /^account .*: its balance stands at entry \d+ of /,
  },
  {
    name: 'an entry moves its units in lots',
    plant: `delete from purser.ledger_entry_lots
      where entry_id in (select id from purser.ledger_entries where kind = 'consumption')`,
    named: /^entry .*: it moves \d+ credits, and 0 in its lots$/,
  },
  {
    name: 'an entry moves its units in lots',
    plant: 'update purser.ledger_entry_lots set account_id = gen_random_uuid()',
    named: /^entry .*: it moves lots of account .* and does not exist there$/,
  },
  {
    name: 'a lot is the sum of what moved in it',
    plant: 'update purser.credit_lots set account_id = gen_random_uuid()',
    named: /^lot .*: entries of account .* move it, and it does not exist there$/,
  },
  {
    name: 'a lot is the sum of what moved in it',
    plant: 'update purser.credit_lots set remaining = remaining - 1, held = held + 1 where remaining > 0',
    named: /^lot .*: \d+ remaining and \d+ held; its entries say/,
  },
  {
    name: 'a metered entry costs what its cost version says',
    plant: 'update purser.operation_costs set milli_credits_per_unit = milli_credits_per_unit * 2',
    named: /^entry .*: it spends 3 credits for 3 units, which cost 6$/,
  },
  {
    name: 'a metered entry costs what its cost version says',
    plant: `update purser.operation_costs set variant = 'large'`,
    named: /^entry .*: its cost version is that of the variant “large”$/,
  },
  {
    name: 'a metered entry costs what its cost version says',
    plant: `update purser.operation_costs set effective_from = effective_from + interval '1 day'`,
    named: /^entry .*: its cost version came into force only later$/,
  },
  {
    name: 'a hold has the entries of its state',
    plant: `update purser.holds set status = 'released', ended_at = created_at where status = 'open'`,
    named: /^hold .*: it is released, 10 credits .* released 0$/,
  },
  {
    name: 'the roll-ups of usage equal the ledger',
    plant: 'update purser.usage_daily set credits = credits + 5',
    named: /^usage of account .*: operation .*: 5 credits, 0 units, 0 events too many in the roll-up$/,
  },
  {
    name: 'the roll-ups of usage equal the ledger',
    plant: 'delete from purser.usage_daily',
    named: /^usage of account .* -\d+ credits, -\d+ units, -\d+ events too many/,
  },
  {
    name: 'the numbers of a month have no gap',
    plant: `delete from purser.invoices where sequence = 1`,
    named: /^series INV-.*: 1 documents, numbered from 2 to 2, and the counter stands at 2$/,
  },
  {
    name: 'an invoice is the sum of its lines',
    plant: 'update purser.invoice_lines set tax_minor = tax_minor + 1',
    named: /^invoice INV-.*: it says 1900 and 0 of tax, its lines 1900 and 1$/,
  },
  {
    name: 'what is paid on an invoice was allocated to it',
    plant: 'delete from purser.payment_allocations',
    named: /^invoice INV-.*: 1900 are paid, and 0 were allocated$/,
  },
  {
    name: 'an invoice is paid when nothing is due, and only then',
    plant: `update purser.invoices set status = 'pending' where status = 'paid'`,
    named: /^invoice INV-.*: it is pending, and 1900 of 1900 are paid$/,
  },
  {
    name: 'a paid line has brought its credits once',
    plant: `delete from purser.credit_lots where source_type = 'invoice_line'`,
    named: /^line .*: of invoice INV-.*, which is paid: 100 credits, and 0 grants of 0 credits together$/,
  },
  {
    name: 'a document is there, or is being rendered',
    plant: `delete from purser.invoice_documents where rendition = 'paid'`,
    named: /^invoice INV-.*: its rendition “paid” is missing, and no job is to make it$/,
  },
  {
    name: 'a file is what its hash says',
    plant: `update purser.files set content = content || '\\x00'`,
    named: /^file .*: INV-.*\.pdf: its content has another hash$/,
  },
  {
    name: 'money that arrived is allocated or in sight',
    plant: 'delete from purser.payment_allocations; update purser.payments set attention = null',
    named: /^payment .*: it is succeeded, 1900 EUR of which 0 are allocated, and nobody is to look at it$/,
  },
  {
    name: 'an invoice has one payment that can collect',
    plant: `drop index purser.payment_invoices_one_collectable;
      insert into purser.payments (id, account_id, method, gateway, status, amount_minor, currency, created_at,
        status_changed_at, checks)
      select gen_random_uuid(), account_id, method, gateway, status, amount_minor, currency, created_at,
        status_changed_at, 0 from purser.payments where status = 'created';
      insert into purser.payment_invoices (payment_id, invoice_id, account_id, amount_minor, is_collectable)
      select payment.id, part.invoice_id, part.account_id, part.amount_minor, true
      from purser.payment_invoices part, purser.payments payment
      where part.is_collectable and payment.status = 'created' and payment.id <> part.payment_id`,
    named: /^invoice .*: 2 payments can collect it$/,
  },
  {
    name: 'an invoice has one payment that can collect',
    plant: 'update purser.payment_invoices set is_collectable = false where is_collectable',
    named: /^payment .*: it is created, and its invoice says the contrary about collecting$/,
  },
  {
    name: 'a payment is for what its invoices add up to',
    plant: 'update purser.payment_invoices set amount_minor = amount_minor + 1',
    named: /^payment .*: 1900 EUR, and its invoices are given 1901$/,
  },
  {
    name: 'the numbers of a month have no gap',
    plant: 'delete from purser.credit_notes',
    named: /^series CN-.*: 0 documents, numbered from {2}to , and the counter stands at 1$/,
  },
  {
    name: 'a document is there, or is being rendered',
    plant: 'delete from purser.credit_note_documents',
    named: /^credit note CN-.*: its document is missing, and no job is to make it$/,
  },
  {
    name: 'what was given back is the sum of the refunds',
    plant: `update purser.payments set refunded_minor = refunded_minor + 1 where status = 'succeeded'`,
    named: /^payment .*: it says 501 of 1900 EUR were given back, its refunds 500$/,
  },
  {
    name: 'a refund corrects no more than its payment brought',
    plant: 'update purser.refund_invoices set amount_minor = 1901',
    named: /^payment .*: refunds give back 1901 of invoice .*, to which it brought 1900$/,
  },
  {
    name: 'a refund has taken back the credits it says',
    plant: 'update purser.refunds set credits_taken_back = 99',
    named: /^refund .*: it is succeeded and says 99 credits, its entries 26$/,
  },
  {
    name: 'a refund takes back nothing but what its payment bought',
    plant: `update purser.credit_lots set source_id = gen_random_uuid() where source_type = 'invoice_line'`,
    named: /^entry .*: it takes back credits of lot .*, which payment .* did not buy$/,
  },
  {
    name: 'a dispute freezes the credits it says',
    plant: 'update purser.disputes set credits_frozen = 1',
    named: /^dispute .*: it is needs_response and says 1 credits; its lots hold 47, its entries froze 47 and freed 0$/,
  },
  {
    name: 'a dispute freezes the credits it says',
    plant: `update purser.disputes set status = 'won', closed_at = now(), credits_frozen = 0`,
    named: /^dispute .*: it is won and says 0 credits; its lots hold 47, its entries froze 47 and freed 0$/,
  },
  {
    name: 'a credit note is the sum of its lines',
    plant: 'update purser.credit_note_lines set tax_minor = 1',
    named: /^credit note CN-.*: it says 500 and 0 of tax, its lines 500 and 1$/,
  },
  {
    name: 'credit notes take back no more than the invoice says',
    plant: 'update purser.credit_notes set subtotal_minor = 1901, total_minor = 1901',
    named: /^invoice INV-.*: credit notes take back 1901 of the 1900 that were paid$/,
  },
  {
    name: 'a refund that succeeded has its credit notes, and no other',
    plant: 'delete from purser.credit_notes',
    named: /^refund .*: it is succeeded and gives back 500 of invoice .*; its credit note says $/,
  },
  {
    name: 'a repeatable request has its result',
    plant: 'update purser.idempotency_keys set result_id = gen_random_uuid()',
    named: /^key “buy-1” of account:.*: purchaseCredits made .*, which does not exist$/,
  },
  {
    name: 'the guards of the tables are in force',
    plant: 'alter table purser.ledger_entries disable trigger refuse_change',
    named: /^table purser\.ledger_entries: its guard refuse_change is switched off$/,
  },
  {
    name: 'the guards of the tables are in force',
    plant: 'alter table purser.holds disable row level security',
    named: /^table purser\.holds: its row security is switched off$/,
  },
];

describe('the books of a live database', () => {
  let api: TestApi;
  /** As a superuser, whom neither triggers nor row security stop. */
  let pool: Pool;

  before(async () => {
    api = await startTestApi();
    pool = openPool({ connectionString: testServer().url(api.database.name, 'postgres') }, 1);
    await liveAWhile(api);
  });

  after(async () => {
    await pool.close();
    await api.close();
  });

  /** What is found after `plant`, which is undone afterwards. */
  async function resultsAfter(plant: string): Promise<InvariantResult[]> {
    return await pool.kysely.connection().execute(async (connection) => {
      await sql.raw('begin; set local session_replication_role = replica').execute(connection);
      try {
        await sql.raw(plant).execute(connection);
        const results: InvariantResult[] = [];
        for await (const result of checkInvariants(connection)) results.push(result);
        return results;
      } finally {
        await sql.raw('rollback').execute(connection);
      }
    });
  }

  test('are in order after purchases, consumption and holds', async () => {
    const results: InvariantResult[] = [];
    assert.equal(await verifyBooks(api.app, (result) => results.push(result)), true);
    assert.deepEqual(
      results.filter((result) => result.problems > 0n),
      [],
    );
    const empty = results.filter((result) => result.rowsLookedAt === 0n).map((result) => result.name);
    assert.deepEqual(empty, ['the guards of the tables are in force'], 'every other check has rows to look at');
  });

  for (const { name, plant, named } of violations) {
    test(`are seen to be out of order: ${name} (${named.source.slice(1)})`, async () => {
      const result = (await resultsAfter(plant)).find((one) => one.name === name);
      assert.ok(result !== undefined && result.problems > 0n, 'the violation is found');
      const lines = result.offenders.map(({ subject, problem }) => `${subject}: ${problem}`);
      assert.ok(
        lines.some((line) => named.test(line)),
        lines.join('\n'),
      );
    });
  }

  test('have a violation planted here for every check there is', async () => {
    const names = (await resultsAfter('select')).map((result) => result.name);
    assert.deepEqual(
      names.filter((name) => !violations.some((violation) => violation.name === name)),
      [],
    );
  });

  test('name twenty of very many offenders and count the rest', async () => {
    const results = await resultsAfter(`
      insert into purser.files (id, filename, content_type, sha256, content, created_at)
      select gen_random_uuid(), 'x', 'text/plain', sha256('a'), 'b', now() from generate_series(1, 500)`);
    const files = results.find((result) => result.name === 'a file is what its hash says');
    assert.equal(files?.problems, 500n);
    assert.equal(files.offenders.length, 20);
  });
});

/** A customer who buys, spends, reserves, and leaves one invoice to be paid. */
async function liveAWhile({ app }: TestApi): Promise<void> {
  const accountId = await makeAccount(app);
  const operationId = await makeOperation(app, 'text.write');
  await giveCredits(app, accountId, 50n, { kind: 'bonus' });
  for (const key of ['a', 'b', 'c']) {
    const outcome = await app.consumeBatch.consume({
      accountId,
      key,
      operation: 'text.write',
      variant: '',
      quantity: 3n,
      siteId: null,
      userId: null,
      reference: null,
      metadata: null,
      actor: { type: 'system', id: null },
      requestId: undefined,
    });
    assert.equal(outcome.status, 'consumed');
  }
  await reserve(app, accountId, operationId);
  const [paid, unpaid] = [await invoiceOf(app, accountId), await invoiceOf(app, accountId)];
  const paymentId = await startPaying(app, accountId, paid);
  await startPaying(app, accountId, unpaid);
  await inTransaction(app, { account: accountId }, async (tx) => {
    const amount = { amountMinor: 19_00n, currency: 'EUR' } as const;
    const answer = { reference: 'pi_1', amount, received: amount, methodDetails: null, lastError: null } as const;
    await applyPaymentState(
      app,
      tx,
      paymentId,
      { ...answer, status: 'succeeded', awaitsCollection: false, clientSecret: null, paymentId },
      'webhook',
    );
    const owner = `account:${accountId}` as const;
    await claimIdempotencyKey(tx, {
      owner,
      key: 'buy-1',
      operation: 'purchaseCredits',
      bodyHash: Buffer.alloc(32),
      accountId,
      resultId: paymentId,
      now: app.clock.now(),
    });
  });
  await giveBack(app, accountId, paymentId);
  await app.timetable.runDue();
}

/** A part of a payment goes back, and its payer disputes another. */
async function giveBack(app: TestApi['app'], accountId: string, paymentId: string): Promise<void> {
  await inTransaction(app, { account: accountId }, async (tx) => {
    const id = app.ids.next();
    await openRefund(app, tx, await lockPayment(tx, paymentId), {
      id,
      origin: 'staff',
      reason: 'As agreed',
      requestedBy: null,
      gatewayReference: null,
      amountMinor: 5_00n,
      expectedTakenBack: null,
      actor: { type: 'system', id: null },
      requestId: undefined,
    });
    const answer = { status: 'succeeded', reference: 're_1', failure: null } as const;
    await applyRefundState(app, tx, await lockPayment(tx, paymentId), id, answer);
  });
  await inTransaction(app, { account: accountId }, async (tx) => {
    await applyDisputeState(app, tx, await lockPayment(tx, paymentId), {
      reference: 'dp_1',
      paymentReference: 'pi_1',
      status: 'needs_response',
      takesMoney: true,
      amount: { amountMinor: 9_00n, currency: 'EUR' },
      reason: 'fraudulent',
      evidenceDueAt: null,
      openedAt: app.clock.now(),
    });
  });
}

/** Two holds, of which one is captured in part. */
async function reserve(app: TestApi['app'], accountId: string, operationId: string): Promise<void> {
  const none = { siteId: null, userId: null, reference: null, metadata: null } as const;
  const actor = { type: 'system', id: null } as const;
  await inTransaction(app, { account: accountId }, async (tx) => {
    const { id: costId } = await tx.selectFrom('operation_costs').select('id').executeTakeFirstOrThrow();
    for (const key of ['captured', 'open']) {
      const books = await openBooks(tx, app, accountId);
      const use = { ...none, operationId, variant: '', quantity: 10n, costId };
      const { id } = await placeHold(tx, app, books, {
        accountId,
        use,
        units: 10n,
        lifetimeMs: 3_600_000,
        key,
        actor,
        requestId: undefined,
      });
      if (key === 'open') continue;
      const end = { status: 'captured', quantity: 4n, units: 4n } as const;
      await endHold(tx, app, { id, accountId }, end, { actor, key: 'end', requestId: undefined });
    }
  });
}

async function invoiceOf(app: TestApi['app'], accountId: string): Promise<string> {
  const line = { description: '100 credits', quantity: 1n, unitAmountMinor: 19_00n, credits: 100n };
  return await createInvoice(app, system, { accountId, lines: [line] });
}

async function startPaying(app: TestApi['app'], accountId: string, invoiceId: string): Promise<string> {
  const id = app.ids.next();
  await inTransaction(app, { account: accountId }, (tx) =>
    createPayment(tx, app, {
      id,
      accountId,
      method: 'card',
      gateway: 'stripe',
      currency: 'EUR',
      invoices: [{ invoiceId, amountMinor: 19_00n }],
    }),
  );
  return id;
}

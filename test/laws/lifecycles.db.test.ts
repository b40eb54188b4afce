import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { invoiceStates } from '#server/modules/invoices/invoice-states.ts';
import { disputeStates } from '#server/modules/payments/dispute-states.ts';
import { isCollectable, paymentStates, waitsForPayer } from '#server/modules/payments/payment-states.ts';
import { refundStates } from '#server/modules/payments/refund-states.ts';
import { contract } from '#shared/contract/contract.ts';
import { mayBecome, type StateTable, statesOf } from '#shared/state/index.ts';
import { createTestDatabase, type TestDatabase } from '#test/support/test-database.ts';

/** The answer to a purchase, which tells of both. */
const purchase = contract.purchaseCredits.response;
assert.ok(purchase !== undefined);
const { invoice, payment } = purchase.shape;
/** The answers that tell of refunds and disputes. */
const corrected = contract.getInvoice.response;
const disputed = contract.listDisputes.response;
assert.ok(corrected !== undefined && disputed !== undefined);

const lifecycles: { table: string; states: StateTable<string>; first: string; told: readonly string[] }[] = [
  { table: 'invoices', states: invoiceStates, first: 'draft', told: invoice.shape.status.options },
  { table: 'payments', states: paymentStates, first: 'created', told: payment.shape.status.options },
  {
    table: 'refunds',
    states: refundStates,
    first: 'pending',
    told: corrected.shape.refunds.element.shape.status.options,
  },
  {
    table: 'disputes',
    states: disputeStates,
    first: 'needs_response',
    told: disputed.shape.data.element.shape.status.options,
  },
];

describe('lifecycles', () => {
  let database: TestDatabase;
  let client: pg.Client;

  before(async () => {
    database = await createTestDatabase();
    client = new pg.Client(database.connections.owner);
    await client.connect();
  });
  after(async () => {
    await client.end();
    await database.drop();
  });

  for (const { table, states, first, told } of lifecycles) {
    test(`that of ${table} leads only to states of its own, and every state is reached`, () => {
      const known = statesOf(states);
      const reached = new Set([first]);
      for (const state of reached) {
        for (const next of states[state] ?? []) {
          assert.ok(known.includes(next), `${state} leads to ${next}`);
          assert.notEqual(next, state, `${state} does not follow itself`);
          reached.add(next);
        }
      }
      assert.deepEqual([...reached].toSorted(), known.toSorted());
    });

    test(`the states of ${table} are the same words in code, database and API`, async () => {
      const { rows } = await client.query<{ definition: string }>(
        `select pg_get_constraintdef(oid) as definition from pg_constraint
         where conrelid = $1::regclass and contype = 'c' and conname = $2`,
        [`purser.${table}`, `${table}_status_check`],
      );
      const inDatabase = [...(rows[0]?.definition ?? '').matchAll(/'([a-z_]+)'/g)].map((match) => match[1] ?? '');
      assert.deepEqual(inDatabase.toSorted(), statesOf(states).toSorted());
      assert.deepEqual([...told].toSorted(), statesOf(states).toSorted());
    });
  }

  test('money that has come is never taken back by an answer, and money wins over what had ended', () => {
    assert.deepEqual([paymentStates.succeeded, invoiceStates.paid], [[], []]);
    for (const ended of ['failed', 'canceled'] as const) assert.ok(mayBecome(paymentStates, ended, 'succeeded'));
  });

  test('who may still pay can still be collected from', () => {
    for (const state of statesOf(paymentStates)) {
      if (waitsForPayer(state)) assert.ok(isCollectable(state), state);
      if (isCollectable(state)) assert.ok(paymentStates[state].length > 0, `${state} is no end`);
    }
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type StaffRole, staffRoles } from '#shared/contract/access.ts';
import { publicId, uuidOfPublicId } from '#shared/ids/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { giveCredits, makeAccount } from '../support/metering.ts';
import { signInStaff } from '../support/staff.ts';
import { startTestApi, type TestAnswer, type TestApi } from '../support/test-api.ts';

describe('credit costs and adjustments over HTTP', () => {
  let api: TestApi;
  let cookie: string;
  let count = 0;

  before(async () => {
    api = await startTestApi();
    cookie = await signInStaff(api, 'owner');
  });

  after(async () => {
    await api.close();
  });

  function next(word: string): string {
    count += 1;
    return `${word}_${String(count)}`;
  }

  async function create(changes: object = {}, idempotencyKey = next('key')): Promise<TestAnswer> {
    const code = next('text.write');
    const body = { code, name: 'Write', unit: 'word', milli_credits_per_unit: 250, ...changes };
    return await api.call('createOperation', { cookie, body, idempotencyKey });
  }

  async function change(id: string, body: object, idempotencyKey = next('key')): Promise<TestAnswer> {
    return await api.call('createCreditCost', { cookie, params: { id }, body, idempotencyKey });
  }

  function assertProblem(answer: TestAnswer, status: number, code: string): void {
    assert.deepEqual([answer.status, answer.body?.code], [status, code], JSON.stringify(answer.body));
  }

  test('an operation comes with its first cost, once for its key and its code', async () => {
    const code = next('image.draw');
    const made = await create({ code }, 'once');
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const [cost] = made.body.costs;
    const shown = [cost.variant, cost.version, cost.milli_credits_per_unit, cost.minimum_credits, cost.rounding];
    assert.deepEqual(shown, [null, 1, 250, 0, 'up']);
    assert.deepEqual([cost.status, cost.created_by], ['in_force', 'Staff owner']);
    assert.deepEqual((await create({ code }, 'once')).body, made.body);
    assertProblem(await create({ code, name: 'Other' }, 'once'), 422, 'idempotency_key_reused');
    assertProblem(await create({ code }), 409, 'operation_code_taken');
    for (const bad of ['Upper.case', 'with space', '.dot', 'x'.repeat(81), '']) {
      assertProblem(await create({ code: bad }), 422, 'validation_failed');
    }
    assertProblem(await create({ milli_credits_per_unit: -1 }), 422, 'validation_failed');
    assertProblem(await create({ milli_credits_per_unit: 0.5 }), 422, 'validation_failed');
  });

  test('a change is a new version, at once or scheduled, and the history keeps all of them', async () => {
    const { id } = (await create()).body;
    const now = await change(id, { milli_credits_per_unit: 300, minimum_credits: 2, rounding: 'half_up' });
    assert.deepEqual([now.status, now.body.version, now.body.status], [201, 2, 'in_force']);
    const tomorrow = new Date(api.app.clock.now().getTime() + 86_400_000).toISOString();
    const scheduled = await change(id, { milli_credits_per_unit: 400, effective_from: tomorrow });
    assert.deepEqual([scheduled.body.version, scheduled.body.status], [3, 'scheduled']);
    const variant = await change(id, { milli_credits_per_unit: 900, variant: 'large' });
    assert.deepEqual([variant.body.version, variant.body.variant], [1, 'large']);
    const listed = await api.call('listCreditCosts', { cookie });
    const operation = listed.body.data.find((one: { id: string }) => one.id === id);
    assert.deepEqual(
      operation.costs.map((cost: { version: number; status: string; variant: string | null }) => [
        cost.variant,
        cost.version,
        cost.status,
      ]),
      [
        [null, 2, 'in_force'],
        [null, 3, 'scheduled'],
        ['large', 1, 'in_force'],
      ],
    );
    const history = await api.call('listCreditCostHistory', { cookie, params: { id } });
    const statuses = history.body.data.map((cost: { status: string }) => cost.status);
    assert.deepEqual(statuses.toSorted(), ['in_force', 'in_force', 'scheduled', 'superseded']);
    assertProblem(
      await change(id, { milli_credits_per_unit: 1, effective_from: '2020-01-01T00:00:00Z' }),
      422,
      'cost_in_the_past',
    );
    assertProblem(await change(publicId('opr', api.app.ids.next()), { milli_credits_per_unit: 1 }), 404, 'not_found');
  });

  test('a scheduled cost can be taken back, one in force cannot', async () => {
    const { id } = (await create()).body;
    const tomorrow = new Date(api.app.clock.now().getTime() + 86_400_000).toISOString();
    const scheduled = await change(id, { milli_credits_per_unit: 400, effective_from: tomorrow });
    const withdrawn = await api.call('withdrawCreditCost', { cookie, params: { id: scheduled.body.id } });
    assert.deepEqual([withdrawn.status, withdrawn.body.status], [200, 'withdrawn']);
    const again = await api.call('withdrawCreditCost', { cookie, params: { id: scheduled.body.id } });
    assertProblem(again, 409, 'cost_not_scheduled');
    const [first] = (await api.call('listCreditCostHistory', { cookie, params: { id } })).body.data.slice(-1);
    const inForce = await api.call('withdrawCreditCost', { cookie, params: { id: first.id } });
    assertProblem(inForce, 409, 'cost_not_scheduled');
  });

  test('the database keeps a cost version as it was, whoever asks', async () => {
    const operation = await create();
    const id = uuidOfPublicId('cst', operation.body.costs[0].id) ?? '';
    const { app } = api;
    const changed = inTransaction(app, 'system', (tx) =>
      tx.updateTable('operation_costs').set({ milli_credits_per_unit: 1n }).where('id', '=', id).execute(),
    );
    await assert.rejects(changed, /never changed/);
    const removed = inTransaction(app, 'system', (tx) =>
      tx.deleteFrom('operation_costs').where('id', '=', id).execute(),
    );
    await assert.rejects(removed, /never changed/);
  });

  test('an adjustment gives a lot, or takes in spend order, once, with a reason and an author', async () => {
    const accountId = await makeAccount(api.app);
    const id = publicId('acc', accountId);
    await giveCredits(api.app, accountId, 10n);
    const adjust = async (body: object, idempotencyKey = next('key')) =>
      await api.call('adjustCredits', { cookie, params: { id }, body, idempotencyKey });
    const given = await adjust({ credits: 5, reason: 'Sorry for the outage', kind: 'bonus' }, 'give');
    assert.equal(given.status, 200, JSON.stringify(given.body));
    assert.deepEqual([given.body.credits, given.body.balance], [5, 15]);
    assert.deepEqual(
      (await adjust({ credits: 5, reason: 'Sorry for the outage', kind: 'bonus' }, 'give')).body,
      given.body,
    );
    assertProblem(
      await adjust({ credits: 6, reason: 'Sorry for the outage', kind: 'bonus' }, 'give'),
      422,
      'idempotency_key_reused',
    );
    const taken = await adjust({ credits: -7, reason: 'Booked twice' });
    assert.deepEqual([taken.body.credits, taken.body.balance, taken.body.reason], [-7, 8, 'Booked twice']);
    const tooMuch = await adjust({ credits: -9, reason: 'Too much' });
    assertProblem(tooMuch, 402, 'insufficient_credits');
    assert.equal(tooMuch.body.shortfall, 1);
    for (const bad of [
      { credits: 0, reason: 'x' },
      { credits: 1 },
      { credits: 1.5, reason: 'x' },
      { credits: 1, reason: ' ' },
      { credits: 1, reason: 'Gone at once', expires_at: api.app.clock.now().toISOString() },
    ]) {
      assertProblem(await adjust(bad), 422, 'validation_failed');
    }
    const nobody = { params: { id: publicId('acc', api.app.ids.next()) }, body: { credits: 1, reason: 'x' } };
    assertProblem(
      await api.call('adjustCredits', { cookie, ...nobody, idempotencyKey: next('key') }),
      404,
      'not_found',
    );
    const audit = await inTransaction(api.app, 'system', (tx) =>
      tx.selectFrom('audit_entries').select(['action', 'actor_type']).where('account_id', '=', accountId).execute(),
    );
    assert.deepEqual(audit, [
      { action: 'credits.adjusted', actor_type: 'staff' },
      { action: 'credits.adjusted', actor_type: 'staff' },
    ]);
  });

  test('the roles of the staff decide who changes costs and who adjusts', async () => {
    const accountId = await makeAccount(api.app);
    const { id } = (await create()).body;
    const mayChange: readonly StaffRole[] = ['owner', 'finance'];
    const mayAdjust: readonly StaffRole[] = ['owner', 'finance', 'support'];
    for (const role of staffRoles) {
      const session = await signInStaff(api, role);
      assert.equal((await api.call('listCreditCosts', { cookie: session })).status, 200, role);
      const cost = {
        cookie: session,
        params: { id },
        body: { milli_credits_per_unit: 1 },
        idempotencyKey: next('key'),
      };
      assert.equal((await api.call('createCreditCost', cost)).status, mayChange.includes(role) ? 201 : 403, role);
      const params = { id: publicId('acc', accountId) };
      const gift = { cookie: session, params, body: { credits: 1, reason: 'Test' }, idempotencyKey: next('key') };
      assert.equal((await api.call('adjustCredits', gift)).status, mayAdjust.includes(role) ? 200 : 403, role);
    }
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Role } from '#shared/contract/access.ts';
import type { EndpointName } from '#shared/contract/routes.ts';
import { publicId, uuidOfPublicId } from '#shared/ids/index.ts';
import { insertSite } from '#server/modules/accounts/index.ts';
import { addMember } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import { giveCredits, makeOperation } from '../support/metering.ts';
import { signInStaff } from '../support/staff.ts';
import { startTestApi, type TestAnswer, type TestApi, type TestRequest } from '../support/test-api.ts';

const password = 'correct horse battery';

type Customer = { readonly cookie: string; readonly accountId: string; readonly key: string };

describe('credits over HTTP', () => {
  let api: TestApi;
  let count = 0;

  before(async () => {
    api = await startTestApi();
    await makeOperation(api.app, 'text.write', { milliCreditsPerUnit: 250n });
    await makeOperation(api.app, 'image.draw', { milliCreditsPerUnit: 5_000n });
  });

  after(async () => {
    await api.close();
  });

  function next(word: string): string {
    count += 1;
    return `${word}-${String(count)}`;
  }

  /** An account with credits, its owner's session, and a key that may do everything a key can. */
  async function customer(credits = 100n): Promise<Customer> {
    const email = `${next('ada')}@example.com`;
    const body = { name: 'Ada', email, password, account_name: 'Engines', country: 'DE' };
    const signedUp = await api.call('signUp', { body });
    const accountId = uuidOfPublicId('acc', signedUp.body.account.id) ?? '';
    const { cookie } = signedUp;
    const request = { body: { name: 'Server', scopes: ['read', 'consume'] }, cookie, idempotencyKey: next('key') };
    const key: string = (await api.call('createAccountApiKey', request)).body.secret;
    if (credits > 0n) await giveCredits(api.app, accountId, credits);
    return { cookie, accountId, key };
  }

  async function consume(who: Pick<Customer, 'key'>, body: object, idempotencyKey = next('use')): Promise<TestAnswer> {
    return await api.call('consumeCredits', { body, key: who.key, idempotencyKey });
  }

  async function balanceOf(who: Customer): Promise<{ available: number; held: number }> {
    const { available, held } = (await api.call('getCreditBalance', { key: who.key })).body;
    return { available, held };
  }

  function assertProblem(answer: TestAnswer, status: number, code: string): void {
    assert.deepEqual([answer.status, answer.body?.code], [status, code], JSON.stringify(answer.body));
  }

  test('consuming answers with the cost and the balance, and a repetition with the same', async () => {
    const who = await customer();
    const body = { operation: 'text.write', quantity: 10, reference: 'Page 1', metadata: { words: 10 } };
    const first = await consume(who, body, 'once');
    assert.equal(first.status, 200, JSON.stringify(first.body));
    const { operation, variant, quantity, credits, balance, held } = first.body;
    assert.deepEqual([operation, variant, quantity, credits, balance, held], ['text.write', null, 10, 3, 97, 0]);
    await consume(who, { operation: 'image.draw' });
    assert.deepEqual((await consume(who, body, 'once')).body, first.body);
    assert.deepEqual(await balanceOf(who), { available: 92, held: 0 });
    assertProblem(await consume(who, { ...body, quantity: 11 }, 'once'), 422, 'idempotency_key_reused');
    assertProblem(await consume(who, { ...body, metadata: { words: 11 } }, 'once'), 422, 'idempotency_key_reused');
  });

  test('a refused request leaves nothing and may succeed later under its key', async () => {
    const who = await customer(4n);
    const refused = await consume(who, { operation: 'image.draw' }, 'later');
    assertProblem(refused, 402, 'insufficient_credits');
    const { balance, required, shortfall } = refused.body;
    assert.deepEqual({ balance, required, shortfall }, { balance: 4, required: 5, shortfall: 1 });
    assert.equal((await api.call('getCreditStatement', { key: who.key })).body.data.length, 1);
    await giveCredits(api.app, who.accountId, 1n);
    assert.equal((await consume(who, { operation: 'image.draw' }, 'later')).body.balance, 0);
  });

  test('each refusal has its own code', async () => {
    const who = await customer();
    await makeOperation(api.app, 'old.trick');
    const listed = await staffCall('listCreditCosts');
    const old = listed.body.data.find((operation: { code: string }) => operation.code === 'old.trick');
    await staffCall('updateOperation', { params: { id: old.id }, body: { is_active: false } });
    assertProblem(await consume(who, { operation: 'old.trick' }), 422, 'operation_inactive');
    assertProblem(await consume(who, { operation: 'no.such' }), 422, 'operation_unknown');
    const stranger = await customer();
    const site = publicId('sit', api.app.ids.next());
    assertProblem(await consume(who, { operation: 'text.write', site_id: site }), 422, 'site_unknown');
    const theirs = (await api.call('getSession', { cookie: stranger.cookie })).body.user.id;
    assertProblem(await consume(who, { operation: 'text.write', user_id: theirs }), 422, 'user_unknown');
    for (const quantity of [0, -1, 1.5, 2_000_000_000, 'ten', null]) {
      assertProblem(await consume(who, { operation: 'text.write', quantity }), 422, 'validation_failed');
    }
    const noKey = await api.call('consumeCredits', { body: { operation: 'text.write' }, key: who.key });
    assertProblem(noKey, 400, 'idempotency_key_missing');
    assert.deepEqual(await balanceOf(who), { available: 100, held: 0 });
  });

  test('a suspended account spends nothing, and ends what it holds', async () => {
    const who = await customer();
    const [useKey, holdKey] = [next('use'), next('hold')];
    const used = (await consume(who, { operation: 'text.write' }, useKey)).body;
    const hold = (await placeHold(who, { operation: 'image.draw' }, holdKey)).body;
    await setStatus(who, 'suspended');
    // Whoever got no answer before it was suspended learns what became of the request.
    const asked = { cookie: who.cookie, body: { operation: 'text.write' }, idempotencyKey: useKey };
    assert.deepEqual((await api.call('consumeCredits', asked)).body, used);
    const heldBefore = { cookie: who.cookie, body: { operation: 'image.draw' }, idempotencyKey: holdKey };
    assert.equal((await api.call('createHold', heldBefore)).body.id, hold.id);
    const session = { cookie: who.cookie, body: { operation: 'text.write' }, idempotencyKey: next('use') };
    assertProblem(await api.call('consumeCredits', session), 403, 'account_suspended');
    // The key was looked up when the account was still active: the database refuses all the same.
    assertProblem(await consume(who, { operation: 'text.write' }), 403, 'account_suspended');
    assertProblem(await placeHold(who, { operation: 'text.write' }), 403, 'account_suspended');
    const events = { events: [{ idempotency_key: 'e', operation: 'text.write' }] };
    const recorded = await api.call('recordUsageEvents', { key: who.key, body: events });
    assert.equal(recorded.body.data[0].problem.code, 'account_suspended');
    const captured = await api.call('captureHold', {
      key: who.key,
      params: { id: hold.id },
      body: {},
      idempotencyKey: next('end'),
    });
    assert.equal(captured.status, 200, JSON.stringify(captured.body));
  });

  async function setStatus(who: Customer, status: string): Promise<void> {
    await inTransaction(api.app, { account: who.accountId }, (tx) =>
      tx.updateTable('accounts').set({ status }).where('id', '=', who.accountId).execute(),
    );
  }

  async function placeHold(who: Customer, body: object, idempotencyKey = next('hold')): Promise<TestAnswer> {
    return await api.call('createHold', { key: who.key, body, idempotencyKey });
  }

  async function endHold(
    who: Pick<Customer, 'key'>,
    name: 'captureHold' | 'releaseHold',
    id: string,
    body: object = {},
    idempotencyKey = next('end'),
  ): Promise<TestAnswer> {
    return await api.call(name, { key: who.key, params: { id }, body, idempotencyKey });
  }

  test('a hold reserves, a capture spends what it was and releases the rest, each once for its key', async () => {
    const who = await customer();
    const held = await placeHold(who, { operation: 'text.write', quantity: 100, expires_in_seconds: 600 }, 'h');
    assert.equal(held.status, 201, JSON.stringify(held.body));
    assert.deepEqual([held.body.credits, held.body.balance, held.body.held], [25, 75, 25]);
    assertProblem(await endHold(who, 'captureHold', held.body.id, { quantity: 101 }), 422, 'hold_exceeded');
    const captured = await endHold(who, 'captureHold', held.body.id, { quantity: 41 }, 'c');
    const { status, captured_credits, captured_quantity, balance } = captured.body;
    assert.deepEqual([status, captured_credits, captured_quantity, balance], ['captured', 11, 41, 89]);
    assert.equal(captured.body.held, 0);
    await consume(who, { operation: 'image.draw' });
    assert.deepEqual((await endHold(who, 'captureHold', held.body.id, { quantity: 41 }, 'c')).body, captured.body);
    const other = await endHold(who, 'captureHold', held.body.id, { quantity: 42 }, 'c');
    assertProblem(other, 422, 'idempotency_key_reused');
    assertProblem(await endHold(who, 'captureHold', held.body.id, { quantity: 41 }), 409, 'hold_not_open');
    assertProblem(await endHold(who, 'releaseHold', held.body.id), 409, 'hold_not_open');
    // The first answer under the key of the hold, though it has ended since.
    const again = await placeHold(who, { operation: 'text.write', quantity: 100, expires_in_seconds: 600 }, 'h');
    assert.deepEqual([again.status, again.body], [201, held.body]);
    const different = await placeHold(who, { operation: 'text.write', quantity: 99, expires_in_seconds: 600 }, 'h');
    assertProblem(different, 422, 'idempotency_key_reused');
    assert.deepEqual(await balanceOf(who), { available: 84, held: 0 });
  });

  test('a released hold gives everything back, and another account never sees it', async () => {
    const who = await customer();
    const { id } = (await placeHold(who, { operation: 'image.draw', quantity: 20 })).body;
    assert.deepEqual(await balanceOf(who), { available: 0, held: 100 });
    assertProblem(await placeHold(who, { operation: 'text.write' }), 402, 'insufficient_credits');
    const stranger = await customer();
    assertProblem(await api.call('getHold', { key: stranger.key, params: { id } }), 404, 'not_found');
    assertProblem(await endHold(stranger, 'captureHold', id), 404, 'not_found');
    assertProblem(await endHold(stranger, 'releaseHold', id), 404, 'not_found');
    const released = await endHold(who, 'releaseHold', id, {}, 'r');
    assert.deepEqual([released.body.status, released.body.balance, released.body.held], ['released', 100, 0]);
    assert.deepEqual((await endHold(who, 'releaseHold', id, {}, 'r')).body, released.body);
    assert.equal((await api.call('getHold', { key: who.key, params: { id } })).body.status, 'released');
  });

  test('a batch of events has a result for each, and shares its keys with consume', async () => {
    const who = await customer(6n);
    await consume(who, { operation: 'image.draw' }, 'shared');
    const events = [
      { idempotency_key: 'shared', operation: 'image.draw' },
      { idempotency_key: 'too-much', operation: 'image.draw' },
      { idempotency_key: 'twice', operation: 'text.write', quantity: 4 },
      { idempotency_key: 'twice', operation: 'text.write', quantity: 4 },
      { idempotency_key: 'twice', operation: 'text.write', quantity: 3 },
      { idempotency_key: 'unknown', operation: 'no.such' },
    ];
    const answer = await api.call('recordUsageEvents', { key: who.key, body: { events } });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const told = answer.body.data.map(
      (one: { problem: { code: string } | null; consumption: { credits: number } | null }) =>
        one.problem === null ? one.consumption?.credits : one.problem.code,
    );
    assert.deepEqual(told, [5, 'insufficient_credits', 1, 1, 'idempotency_key_reused', 'operation_unknown']);
    assert.deepEqual([answer.body.recorded, answer.body.refused], [3, 3]);
    assert.equal(answer.body.data[1].problem.required, 5);
    assert.deepEqual(await balanceOf(who), { available: 0, held: 0 });
    assertProblem(
      await api.call('recordUsageEvents', { key: who.key, body: { events: [] } }),
      422,
      'validation_failed',
    );
    const many = Array.from({ length: 1_001 }, (_, index) => ({ ...events[2], idempotency_key: `k${String(index)}` }));
    assertProblem(
      await api.call('recordUsageEvents', { key: who.key, body: { events: many } }),
      422,
      'validation_failed',
    );
  });

  test('a thousand events are recorded at once', async () => {
    const who = await customer(1_000n);
    const events = Array.from({ length: 1_000 }, (_, index) => ({
      idempotency_key: `event-${String(index)}`,
      operation: 'text.write',
      metadata: { text: 'x'.repeat(100), index },
    }));
    const answer = await api.call('recordUsageEvents', { key: who.key, body: { events } });
    assert.equal(answer.status, 200, JSON.stringify(answer.body).slice(0, 500));
    assert.equal(answer.body.recorded, 1_000);
    assert.deepEqual((await api.call('recordUsageEvents', { key: who.key, body: { events } })).body, answer.body);
    assert.deepEqual(await balanceOf(who), { available: 0, held: 0 });
  });

  test('a thousand events may say all they have to say', async () => {
    const who = await customer(1_000n);
    const events = Array.from({ length: 1_000 }, (_, index) => ({
      idempotency_key: `event-${String(index)}-${'k'.repeat(100)}`,
      operation: 'text.write',
      reference: 'r'.repeat(200),
      metadata: { one: 'x'.repeat(500), two: 'y'.repeat(500), three: 'z'.repeat(500), index },
    }));
    const answer = await api.call('recordUsageEvents', { key: who.key, body: { events } });
    assert.deepEqual([answer.status, answer.body.recorded], [200, 1_000], JSON.stringify(answer.body).slice(0, 500));
  });

  test('metadata that no database can keep is refused before anything is recorded', async () => {
    const who = await customer();
    const good = { idempotency_key: 'good', operation: 'text.write' };
    for (const metadata of [{ a: 'b\u0000' }, { 'a\u0000': 'b' }, { a: '\ud800' }, { '\udc00': true }]) {
      assertProblem(await consume(who, { operation: 'text.write', metadata }), 422, 'validation_failed');
      assertProblem(await placeHold(who, { operation: 'text.write', metadata }), 422, 'validation_failed');
      const events = [good, { idempotency_key: 'bad', operation: 'text.write', metadata }];
      const answer = await api.call('recordUsageEvents', { key: who.key, body: { events } });
      assertProblem(answer, 422, 'validation_failed');
      assert.match(answer.body.errors[0].pointer, /^\/body\/events\/1\/metadata/);
    }
    assert.deepEqual(await balanceOf(who), { available: 100, held: 0 });
    const kept = { 'line\n': 'two\nlines 😀' };
    assert.equal((await consume(who, { operation: 'text.write', metadata: kept })).status, 200);
  });

  test('the balance tells kinds, lots in spend order, and holds', async () => {
    const who = await customer(100n);
    const soon = new Date(api.app.clock.now().getTime() + 86_400_000);
    await giveCredits(api.app, who.accountId, 7n, { kind: 'bonus' });
    await giveCredits(api.app, who.accountId, 9n, { kind: 'plan', expiresAt: soon });
    await placeHold(who, { operation: 'image.draw', quantity: 2 });
    const { body } = await api.call('getCreditBalance', { key: who.key });
    assert.deepEqual([body.available, body.held], [106, 10]);
    assert.deepEqual(
      body.lots.map((lot: { kind: string; remaining: number; held: number }) => [lot.kind, lot.remaining, lot.held]),
      [
        ['plan', 0, 9],
        ['bonus', 6, 1],
        ['purchased', 100, 0],
      ],
    );
    const bonus = body.by_kind.find((one: { kind: string }) => one.kind === 'bonus');
    assert.deepEqual(bonus, { kind: 'bonus', available: 6, held: 1 });
    assert.equal(body.holds.length, 1);
  });

  test('the statement pages, filters, and comes as a file', async () => {
    const who = await customer();
    const site = api.app.ids.next();
    await inTransaction(api.app, { account: who.accountId }, (tx) =>
      insertSite(tx, { id: site, accountId: who.accountId, name: 'Shop', domain: null, now: api.app.clock.now() }),
    );
    for (let index = 0; index < 5; index += 1) {
      await consume(who, { operation: 'text.write', reference: `=cmd ${String(index)}` });
    }
    await consume(who, { operation: 'image.draw', site_id: publicId('sit', site) });
    const all = await statement(who, {});
    assert.deepEqual(numbers(all), [7, 6, 5, 4, 3, 2, 1]);
    assert.deepEqual(
      all.body.data.map((entry: { balance: number }) => entry.balance),
      [90, 95, 96, 97, 98, 99, 100],
    );
    const first = await statement(who, { limit: '3' });
    assert.deepEqual([numbers(first), first.body.has_more], [[7, 6, 5], true]);
    const second = await statement(who, { limit: '3', cursor: first.body.next_cursor });
    assert.deepEqual(numbers(second), [4, 3, 2]);
    assert.deepEqual(numbers(await statement(who, { kind: 'grant' })), [1]);
    assert.deepEqual(numbers(await statement(who, { operation: 'image.draw' })), [7]);
    assert.deepEqual(numbers(await statement(who, { operation: 'no.such' })), []);
    assert.deepEqual(numbers(await statement(who, { site_id: publicId('sit', site) })), [7]);
    assert.deepEqual(numbers(await statement(who, { from: '2000-01-01', to: '2000-01-02' })), []);
    assertProblem(await statement(who, { cursor: 'nonsense' }), 422, 'validation_failed');
    const file = await api.server.inject({
      url: '/v1/credits/statement/?format=csv&operation=text.write',
      headers: { authorization: `Bearer ${who.key}` },
    });
    assert.match(String(file.headers['content-type']), /^text\/csv/);
    const lines = file.body.trim().split('\r\n');
    assert.equal(lines.length, 6);
    assert.match(lines[1] ?? '', /^6,.*,consumption,text\.write,,1,unit,-1,0,95,0,,'=cmd 4,led_/);
  });

  async function statement(who: Customer, query: Record<string, string>): Promise<TestAnswer> {
    const answer = await api.server.inject({
      url: `/v1/credits/statement/?${new URLSearchParams(query).toString()}`,
      headers: { authorization: `Bearer ${who.key}` },
    });
    return { status: answer.statusCode, body: answer.json(), cookie: '', headers: answer.headers };
  }

  function numbers(answer: TestAnswer): number[] {
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.data.map((entry: { number: number }) => entry.number);
  }

  test('an entry explains its price, its lots and its request, even after the price has changed', async () => {
    const who = await customer(2n);
    await giveCredits(api.app, who.accountId, 50n, { kind: 'bonus' });
    const operation = await makeOperation(api.app, next('story.tell').replace('-', '_'), { milliCreditsPerUnit: 300n });
    const code = `story.tell_${String(count)}`;
    const used = await consume(who, { operation: code, quantity: 171 }, 'explain-me');
    assert.equal(used.body.credits, 52, JSON.stringify(used.body));
    const change = await staffCall('createCreditCost', {
      params: { id: publicId('opr', operation) },
      body: { milli_credits_per_unit: 1 },
      idempotencyKey: next('cost'),
    });
    assert.equal(change.body.version, 2, JSON.stringify(change.body));
    const { body } = await api.call('explainCreditEntry', { key: who.key, params: { id: used.body.id } });
    assert.deepEqual([body.cost.version, body.cost.milli_credits_per_unit], [1, 300]);
    assert.equal(body.cost.calculation, '171 × 0.3 = 51.3, rounded up: 52');
    assert.deepEqual(
      body.lots.map((lot: { kind: string; change: number }) => [lot.kind, lot.change]),
      [
        ['bonus', -50],
        ['purchased', -2],
      ],
    );
    assert.deepEqual([body.balance_before, body.entry.balance], [52, 0]);
    assert.deepEqual([body.actor, body.idempotency_key], [{ type: 'account_key', name: 'Server' }, 'explain-me']);
    const stranger = await customer();
    const theirs = await api.call('explainCreditEntry', { key: stranger.key, params: { id: used.body.id } });
    assertProblem(theirs, 404, 'not_found');
  });

  test('roles and scopes decide who spends', async () => {
    const who = await customer();
    const reader = await api.call('createAccountApiKey', {
      body: { name: 'Reader', scopes: ['read'] },
      cookie: who.cookie,
      idempotencyKey: next('key'),
    });
    assertProblem(await consume({ key: reader.body.secret }, { operation: 'text.write' }), 403, 'forbidden');
    const expected: Record<Role, number> = { owner: 200, admin: 200, member: 200, billing: 403, viewer: 403 };
    for (const [role, status] of Object.entries(expected)) {
      const cookie = role === 'owner' ? who.cookie : await memberOf(who, role as Role);
      const request = { cookie, body: { operation: 'text.write' }, idempotencyKey: next('use') };
      assert.equal((await api.call('consumeCredits', request)).status, status, role);
      assert.equal((await api.call('getCreditStatement', { cookie })).status, 200, role);
    }
  });

  async function memberOf(who: Customer, role: Role): Promise<string> {
    const email = `${next('member')}@example.com`;
    const { user } = await api.app.identity.ensureUser({ name: 'Member', email, password, verified: true });
    const member = { accountId: who.accountId, userId: user.id, role, now: api.app.clock.now() };
    await inTransaction(api.app, { account: who.accountId }, (tx) => addMember(tx, member));
    return (await api.call('signIn', { body: { email, password } })).cookie;
  }

  let staffCookie: string | undefined;

  /** A call by the owner of the platform. */
  async function staffCall(name: EndpointName, request: TestRequest = {}): Promise<TestAnswer> {
    staffCookie ??= await signInStaff(api, 'owner');
    return await api.call(name, { ...request, cookie: staffCookie });
  }
});

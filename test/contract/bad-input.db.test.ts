import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, beforeEach, afterEach, describe, test } from 'node:test';
import fc from 'fast-check';
import type { z } from 'zod';
import { Problem } from '#shared/contract/problem.ts';
import { type ProblemCode, problems } from '#shared/contract/problems.ts';
import type { EndpointName } from '#shared/contract/routes.ts';
import { publicId } from '#shared/ids/index.ts';
import { postWebhook } from '#test/support/held-webhooks.ts';
import { buy, packageOf } from '#test/support/purchase.ts';
import { rowCounts, type RowCounts } from '#test/support/row-counts.ts';
import { repository } from '#test/support/spawned-process.ts';
import { runStatement } from '#test/support/statement.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';
import { png } from '#test/support/transfers.ts';
import { assertProblem, type TestAnswer, type TestRequest, uuidOf } from '#test/support/test-client.ts';
import { callerOf, type Callers, endpointNames, endpointOf, newPerson, newStaff } from '#test/support/test-people.ts';

const withBody = endpointNames.filter((name) => endpointOf(name).body !== undefined);
const withKey = endpointNames.filter((name) => endpointOf(name).idempotent === true);
const withId = endpointNames.filter((name) => endpointOf(name).params !== undefined);
const withPages = endpointNames.filter((name) => Object.hasOwn(endpointOf(name).query?.shape ?? {}, 'cursor'));

/** Without a key nothing is carried out; these do something without one, with no body at all or with a number. */
const acting: readonly EndpointName[] = [
  'moveSandboxClock',
  'signOut',
  'sendVerificationEmail',
  'updateCreditAlerts',
  'updateAutoTopUp',
];

/** Texts that break programs: nothing, bytes that no text holds, other scripts, and far too much. */
const hostileTexts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\uD800',
  '👩‍👩‍👧‍👦',
  '\u202Egnp.exe',
  'عنوان \u200F',
  "'; drop table purser.invoices; --",
  '%_\\',
  '<script>alert(1)</script>',
  '${7*7}{{7*7}}',
  '../../etc/passwd',
  '\r\nSet-Cookie: a=b',
  'x'.repeat(10_000),
];

describe('bad input changes nothing and is told as a problem', () => {
  let app: TestApp;
  let callers: Callers;
  let packageId: string;
  let countsBefore: RowCounts;
  let errorsBefore: number;

  before(async () => {
    app = await createTestApp();
    callers = { owner: await newPerson(app), staff: await newStaff(app, 'owner') };
    packageId = await packageOf(app, callers.owner, 'starter');
    await buy(app, callers.owner);
  });
  after(() => app.close());
  beforeEach(async () => {
    countsBefore = await rowCounts(app.database);
    errorsBefore = app.errors.length;
  });
  afterEach(async () => {
    assert.deepEqual(await rowCounts(app.database), countsBefore, 'nothing was added or taken away');
    assert.deepEqual(app.errors.slice(errorsBefore), [], 'nothing was logged as an error');
  });

  /** Calls an endpoint as somebody who may, with an id that exists nowhere where it wants one. */
  async function send(name: EndpointName, request: TestRequest): Promise<TestAnswer> {
    const as = callerOf(name, callers);
    return await app.call(name, {
      ...(as === undefined ? {} : { as }),
      ...(endpointOf(name).params === undefined ? {} : { params: anyIds(name) }),
      ...request,
    });
  }

  for (const name of withBody) {
    test(`${name}: a body that is not what the contract says`, async () => {
      for (const payload of ['{', '{"a":}', '[1,', 'nonsense', '{"a":1}}', "{'a':1}", '\u0000']) {
        assertProblem(await send(name, { payload }), 'malformed_json');
      }
      const foreign = [
        ['text/plain', 'a=b'],
        ['application/x-www-form-urlencoded', 'a=b'],
        ['application/xml', '<a/>'],
        ['multipart/form-data; boundary=x', '--x--'],
      ] as const;
      for (const [type, payload] of foreign) {
        assertProblem(await send(name, { payload, headers: { 'content-type': type } }), 'unsupported_media_type');
      }
      // A thousand events take more room than anything else.
      const tooLarge = name === 'recordUsageEvents' ? 4_300_000 : 300_000;
      for (const size of [tooLarge, 10_000_000]) {
        assertProblem(await send(name, { payload: JSON.stringify({ name: 'x'.repeat(size) }) }), 'body_too_large');
      }
      // Where every member may be left away, nothing at all is what the contract says.
      const takesNothing = endpointOf(name).body?.safeParse({}).success === true;
      for (const body of [[], 'text', 42, true, ...(takesNothing ? [] : [null, {}])]) {
        const problem = assertProblem(await send(name, { body }), 'validation_failed');
        assert.ok((problem.errors?.length ?? 0) > 0);
        for (const error of problem.errors ?? []) assert.match(error.pointer, /^\/body/);
      }
      if (!takesNothing) assertProblem(await send(name, {}), 'validation_failed');
      assertProblem(await send(name, { payload: '{"__proto__": {"x": 1}}' }), 'malformed_json');
    });
  }

  for (const name of withKey) {
    test(`${name}: an Idempotency-Key that is missing or no key`, async () => {
      const body = validBody(name);
      assertProblem(await send(name, { body, key: null }), 'idempotency_key_missing');
      for (const key of ['', '   ']) assertProblem(await send(name, { body, key }), 'idempotency_key_missing');
      for (const key of ['k'.repeat(256), 'two words', 'ключ', 'tab\tbed']) {
        const problem = assertProblem(await send(name, { body, key }), 'validation_failed');
        assert.equal(problem.errors?.[0]?.pointer, '/headers/Idempotency-Key');
      }
    });
  }

  for (const name of withId) {
    test(`${name}: an id that is none, or of something else, or of nothing`, async () => {
      const isOurs = /validation_failed|not_found/;
      const wrong = ['1', 'null', 'inv_', '%00', '..%2F..', 'inv_zzzz', encodeURIComponent('💳'), 'x'.repeat(299)];
      for (const id of [
        ...wrong,
        randomUUID(),
        publicId('usr', randomUUID()),
        anyIds(name)['id']?.toUpperCase() ?? '',
      ]) {
        const answer = await send(name, { params: { ...anyIds(name), id }, ...validContent(name) });
        assert.ok(answer.status === 404 || answer.status === 422, `${id}: ${answer.body}`);
        const { code } = Problem.parse(JSON.parse(answer.body));
        assert.match(code, isOurs);
        assertProblem(answer, code as ProblemCode);
      }
      assertProblem(await send(name, validContent(name)), 'not_found');
    });
  }

  for (const name of withPages) {
    test(`${name}: a page that cannot be`, async () => {
      const position = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const cursors = [
        'nonsense',
        '!!!',
        '%00',
        position([]),
        position(['2026-01-01', 'no uuid']),
        position([1, randomUUID()]),
        position(['not a date', randomUUID()]),
        position(['9999-99-99', randomUUID()]),
        position(['2026-02-31', randomUUID()]),
        position(['+275760-09-13T00:00:00.001Z', randomUUID()]),
        'x'.repeat(501),
      ];
      for (const cursor of cursors) assertProblem(await send(name, { query: { cursor } }), 'validation_failed');
      for (const limit of [0, -1, 101, 1.5, 'all', 1e21, '']) {
        assertProblem(await send(name, { query: { limit } }), 'validation_failed');
      }
    });
  }

  test('listInvoices: filters that cannot be', async () => {
    const queries: Record<string, string>[] = [
      { status: 'lost' },
      { sort: 'total' },
      { issued_from: '2026-02-30' },
      { issued_from: 'yesterday' },
      { issued_to: '0000-00-00' },
      { issued_to: '0000-01-01' },
      { search: 'x'.repeat(41) },
    ];
    for (const query of queries) {
      const problem = assertProblem(await send('listInvoices', { query }), 'validation_failed');
      assert.equal(problem.errors?.[0]?.pointer, `/query/${Object.keys(query)[0] ?? ''}`);
    }
    for (const search of hostileTexts.filter((text) => text.length <= 40)) {
      const answer = await send('listInvoices', { query: { search } });
      assert.ok(answer.status === 200 || answer.status === 422, answer.body);
    }
  });

  test('purchaseCredits: what cannot be bought', async () => {
    const body = { package_id: packageId, payment_method: 'card' };
    const inactive = await packageOf(app, callers.owner, 'enterprise');
    await runStatement(app.app, `update purser.credit_packages set is_active = false where id = '${uuidOf(inactive)}'`);
    const cases: [ProblemCode, Record<string, unknown>][] = [
      ['package_unknown', { package_id: publicId('cpk', randomUUID()) }],
      ['package_inactive', { package_id: inactive }],
      ['validation_failed', { package_id: publicId('inv', uuidOf(packageId)) }],
      ['validation_failed', { package_id: uuidOf(packageId) }],
      ['validation_failed', { package_id: 7 }],
      ['currency_mismatch', { currency: 'EUR' }],
      ['validation_failed', { currency: 'usd' }],
      ['validation_failed', { currency: 'XXX' }],
      ['validation_failed', { currency: 'US' }],
      ['payment_method_unavailable', { payment_method: 'jazzcash' }],
      ['saved_method_unknown', { saved_method_id: publicId('spm', randomUUID()) }],
      ['validation_failed', { saved_method_id: publicId('pay', randomUUID()) }],
      ['validation_failed', { save_method: 'yes' }],
      ['payment_method_unavailable', { payment_method: '__proto__' }],
      ['validation_failed', { payment_method: '' }],
      ['validation_failed', { payment_method: ['card'] }],
      ['price_changed', { expected_total: -9_00 }],
      ['price_changed', { expected_total: 0 }],
      ['price_changed', { expected_total: Number.MAX_SAFE_INTEGER }],
      ['validation_failed', { expected_total: 9.5 }],
      ['validation_failed', { expected_total: '900' }],
      ['validation_failed', { expected_total: 2 ** 53 }],
      ['validation_failed', { expected_total: 1e308 }],
      ['validation_failed', { expected_total: null }],
    ];
    for (const [code, change] of cases) {
      const answer = await send('purchaseCredits', { body: { ...body, ...change } });
      assertProblem(answer, code);
    }
    for (const number of ['1e999', '-1e999', '9007199254740993', '900.0000001']) {
      const payload = `{"package_id": "${packageId}", "payment_method": "card", "expected_total": ${number}}`;
      const answer = await send('purchaseCredits', { payload });
      assertProblem(answer, 'validation_failed');
    }
  });

  test('texts that break programs are refused or taken as they are, and never break this one', async () => {
    for (const name of withBody) {
      const valid = validBody(name);
      for (const member of Object.keys(valid)) {
        for (const text of hostileTexts) {
          // Whatever else is wrong with the request keeps it from being carried out.
          const answer = await send(name, { body: { ...valid, [member]: text }, key: null });
          assert.ok(answer.status < 500, `${name} ${member} ${JSON.stringify(text)}: ${answer.body}`);
          if (endpointOf(name).idempotent === true) assert.ok(answer.status >= 400);
        }
      }
    }
  });

  test('a session that has expired, a key that is none, and headers that lie', async () => {
    const expired = await app.signUp();
    await runStatement(
      app.app,
      `update purser_auth."session" set "expiresAt" = now() - interval '1 second'
       where "activeAccountId" = '${expired.accountId}'`,
    );
    assertProblem(await app.call('getAccountSettings', { as: expired }), 'unauthenticated');
    countsBefore = await rowCounts(app.database);
    const body = { package_id: packageId, payment_method: 'card' };
    assertProblem(await app.call('purchaseCredits', { as: expired, body }), 'unauthenticated');
    for (const authorization of [
      'Bearer',
      'Bearer x',
      'Basic YTpi',
      `Bearer purser_test_${'a'.repeat(38)}`,
      'bearer \u00ff',
    ]) {
      assertProblem(await app.call('getAccountSettings', { as: { headers: { authorization } } }), 'api_key_invalid');
    }
    for (const account of ['acc_', 'ext:', 'ext:nobody', publicId('acc', randomUUID()), 'null', 'x'.repeat(500)]) {
      const as = { headers: { ...app.platform.headers, 'purser-account': account } };
      assertProblem(await app.call('getAccountSettings', { as }), 'not_found');
    }
    assertProblem(await app.call('getAccountSettings', { as: app.platform }), 'account_required');
    const cookie = `${expired.cookie.slice(0, -4)}AAAA`;
    assertProblem(await app.call('getAccountSettings', { as: { headers: { cookie } } }), 'unauthenticated');
  });

  test('a webhook that is forged, stale, unsigned or changed by a byte', async () => {
    const event = JSON.stringify({
      id: 'evt_forged',
      object: 'event',
      type: 'payment_intent.succeeded',
      data: { object: {} },
    });
    const sign = (body: string, secret: string, at: number) => {
      const signature = createHmac('sha256', secret)
        .update(`${String(at)}.${body}`)
        .digest('hex');
      return `t=${String(at)},v1=${signature}`;
    };
    const now = Math.floor(Date.now() / 1_000);
    const good = sign(event, app.webhookSecret, now);
    const attempts: [string | Buffer, string | undefined][] = [
      [event, undefined],
      [event, ''],
      [event, 'nonsense'],
      [event, 't=,v1='],
      [event, sign(event, 'whsec_another_secret', now)],
      [event, sign(event, app.webhookSecret, now - 10 * 60)],
      [event, good.replace(/v1=(.)/, (_all, first: string) => `v1=${first === '0' ? '1' : '0'}`)],
      [event.replace('succeeded', 'succeedee'), good],
      [`${event} `, good],
      [Buffer.from([0xff, 0xfe, 0x00]), good],
      ['', good],
    ];
    for (const [body, signature] of attempts) {
      const answer = await postWebhook(app, body, signature);
      const told = { ...answer, status: answer.statusCode, body: answer.body, headers: answer.headers, cookie: '' };
      assertProblem(told, 'webhook_signature_invalid');
    }
    const large = await postWebhook(app, 'x'.repeat(10_000_000), good);
    assert.equal(large.statusCode, 413);
    assert.equal(large.json<{ code: string }>().code, 'body_too_large');
  });

  test('addresses and methods that do not exist', async () => {
    const requests = [
      ['GET', '/v1/nothing/'],
      ['POST', '/v1/billing/invoices/'],
      ['DELETE', '/v1/billing/credits/purchase/'],
      ['PUT', '/v1/account/settings/'],
      ['GET', '/v1/billing/webhooks/stripe/'],
      ['GET', '/v1/%2e%2e/%2e%2e/etc/passwd'],
      ['GET', '/v1/billing/invoices/%E0%A4%A/'],
    ] as const;
    for (const [method, url] of requests) {
      const answer = await app.server.inject({ method, url, headers: callers.owner.headers });
      const told = { status: answer.statusCode, body: answer.body, headers: answer.headers, cookie: '' };
      const { code } = Problem.parse(JSON.parse(answer.body));
      assert.ok(['not_found', 'method_not_allowed', 'validation_failed'].includes(code), `${method} ${url}: ${code}`);
      assertProblem(told, code as ProblemCode);
    }
  });

  test('arbitrary JSON in body and query never breaks an endpoint', async () => {
    const names = fc.constantFrom(...endpointNames.filter((name) => !acting.includes(name)));
    const query = fc.dictionary(
      fc.constantFrom('limit', 'cursor', 'status', 'search', 'sort', 'country', 'to', 'x'),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(names, fc.jsonValue(), query, fc.string(), async (name, body, params, id) => {
        const answer = await send(name, {
          body,
          query: params,
          key: null,
          ...(endpointOf(name).params === undefined ? {} : { params: { id: encodeURIComponent(id) || 'x' } }),
        });
        assert.ok(answer.status < 500, `${name}: ${answer.body}`);
        if (answer.status >= 400) Problem.parse(JSON.parse(answer.body));
      }),
      { numRuns: 400, endOnFailure: true },
    );
  });

  test('members of the right name with any value never break an endpoint', async () => {
    const names = fc.constantFrom(...withBody.filter((name) => !acting.includes(name)));
    await fc.assert(
      fc.asyncProperty(names, fc.func(fc.jsonValue()), async (name, valueOf) => {
        const body = Object.fromEntries(Object.keys(validBody(name)).map((member) => [member, valueOf(member)]));
        const answer = await send(name, { body, key: null });
        assert.ok(answer.status < 500, `${name} ${JSON.stringify(body)}: ${answer.body}`);
        if (answer.status >= 400) Problem.parse(JSON.parse(answer.body));
      }),
      { numRuns: 200, endOnFailure: true },
    );
  });

  test('every problem has its page', () => {
    for (const code of Object.keys(problems)) {
      assert.ok(existsSync(path.join(repository, `docs/problems/${code}.md`)), code);
    }
  });
});

describe('texts of every script', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp();
  });
  after(() => app.close());

  test('are kept, billed, mailed and printed as they were typed', async () => {
    const names = [
      "O'Neil; drop table purser.invoices; --",
      '👩‍👩‍👧‍👦 & <b>Söhne</b>',
      'شركة النور',
      '林檎株式会社',
      '\u202Egnp.exe',
    ];
    for (const name of names) {
      const person = await app.signUp({ name, account_name: name });
      const purchase = await buy(app, person);
      await app.drain();
      const invoice = await app.ok('getInvoice', { as: person, params: { id: purchase.invoice.id } });
      assert.equal(invoice.buyer.name, name);
      const pdf = await app.call('getInvoicePdf', { as: person, params: { id: purchase.invoice.id } });
      assert.deepEqual([pdf.status, pdf.body.slice(0, 5)], [200, '%PDF-']);
    }
    await app.advance(16 * 60);
    const { data } = await app.ok('listSandboxMessages', { query: { limit: 100 } });
    const announced = data.filter((message) => message.template === 'invoice_created');
    assert.deepEqual(
      announced.map((message) => message.status),
      names.map(() => 'sent'),
    );
    for (const { id } of announced) {
      const { html } = await app.ok('getSandboxMessage', { params: { id } });
      assert.ok(!(html ?? '').includes('<b>Söhne'), 'what was typed is text, not markup');
    }
    assert.deepEqual(app.errors, []);
  });
});

/** A body the endpoint would take, but for the account's own state. */
function validBody(name: EndpointName): Record<string, unknown> {
  const bodies: { readonly [name in EndpointName]?: Record<string, unknown> } = {
    // Whatever member is replaced, another one keeps a user from being made.
    signUp: { name: 'Ada', email: 'nobody@example.com', password: 'x', account_name: 'Engines', country: 'us' },
    signIn: { email: 'nobody@example.com', password: 'wrong horse battery' },
    switchAccount: { account_id: publicId('acc', randomUUID()) },
    requestPasswordReset: { email: 'nobody@example.com' },
    resetPassword: { token: 'nonsense', password: 'correct horse battery' },
    verifyEmail: { token: 'nonsense' },
    createAccount: {
      name: 'Engines',
      country: 'US',
      external_id: 'x',
      billing_email: 'a@example.com',
      time_zone: 'UTC',
    },
    createAccountApiKey: { name: 'Key', scopes: ['read'] },
    createPlatformApiKey: { name: 'Key', scopes: ['read'] },
    purchaseCredits: { package_id: publicId('cpk', randomUUID()), payment_method: 'card', currency: 'USD' },
    payInvoice: { payment_method: 'card' },
    payInvoices: { invoice_ids: [publicId('inv', randomUUID())], payment_method: 'card' },
    addPaymentMethod: { method: 'no_such_method' },
    rejectPayment: { reason: 'Because' },
    clearAttention: { note: 'Looked at' },
    refundPayment: { reason: 'Because' },
    consumeCredits: { operation: 'no.such', quantity: 1, variant: 'x', reference: 'x', metadata: {} },
    createHold: { operation: 'no.such', quantity: 1, expires_in_seconds: 60 },
    captureHold: { quantity: 1 },
    recordUsageEvents: { events: [{ idempotency_key: 'k', operation: 'no.such' }] },
    createOperation: { code: 'text.write', name: 'Write', unit: 'word', milli_credits_per_unit: 1 },
    updateOperation: { name: 'Write', is_active: true },
    createCreditCost: { milli_credits_per_unit: 1, minimum_credits: 0, rounding: 'up', variant: 'x' },
    adjustCredits: { credits: 1, reason: 'Because', kind: 'bonus' },
    moveSandboxClock: { advance_to: '2020-01-01T00:00:00Z' },
  };
  return bodies[name] ?? {};
}

/** The body an endpoint would take, or the file. */
function validContent(name: EndpointName): TestRequest {
  if (endpointOf(name).upload === undefined) return { body: validBody(name) };
  return { payload: png(), query: { filename: 'a.png' }, headers: { 'content-type': 'image/png' } };
}

/** Ids of the kinds the endpoint wants, of nothing that exists. */
function anyIds(name: EndpointName): Record<string, string> {
  const members = Object.entries(endpointOf(name).params?.shape ?? {});
  return Object.fromEntries(
    members.map(([member, schema]) => {
      const [example] = ((schema as z.ZodType).meta()?.examples ?? []) as string[];
      assert.ok(example !== undefined, `${name} shows an example of its ${member}`);
      return [member, example];
    }),
  );
}

import { strict as assert } from 'node:assert';
import { after, before, describe, test } from 'node:test';
import { capturesIn, issuesIn, type Json, orderIn, unitOf } from '#test/sandbox/paypal-json.ts';
import { startTestPayPal, type TestPayPal } from '#test/support/test-paypal.ts';

describe('orders of the sandbox PayPal', () => {
  let paypal: TestPayPal;

  before(async () => {
    paypal = await startTestPayPal();
  });
  after(() => paypal.close());

  async function order(unit: object = unitOf('29.00'), more: object = {}, headers: Record<string, string> = {}) {
    return await paypal.api(
      'POST',
      '/v2/checkout/orders',
      { intent: 'CAPTURE', purchase_units: [unit], ...more },
      headers,
    );
  }
  async function capture(id: unknown, headers: Record<string, string> = {}) {
    return await paypal.api('POST', `/v2/checkout/orders/${String(id)}/capture`, undefined, headers);
  }
  async function approved(unit: object = unitOf('29.00'), buyer?: string): Promise<string> {
    const { id } = orderIn((await order(unit)).body);
    await paypal.sandbox.approveOrder(id, buyer);
    return id;
  }

  test('an order is made, approved by its buyer and captured once', async () => {
    const made = await order({ ...unitOf('29.5', 'usd'), custom_id: 'our-payment', invoice_id: 'INV-1' });
    assert.equal(made.status, 201);
    const { id, status, links, purchase_units: units } = orderIn(made.body);
    assert.match(id, /^[0-9A-Z]{17}$/);
    assert.equal(status, 'CREATED');
    assert.deepEqual(
      links.map((link) => link.rel),
      ['self', 'approve', 'update', 'capture'],
    );
    // Currencies come back in capitals and values with all of their decimals.
    assert.deepEqual(units[0]?.amount, { currency_code: 'USD', value: '29.50' });

    const early = await capture(id);
    assert.deepEqual([early.status, ...issuesIn(early.body)], [422, 'ORDER_NOT_APPROVED']);
    await paypal.sandbox.approveOrder(id, 'somebody@example.com');
    const paid = await capture(id);
    assert.equal(paid.status, 201);
    const [captured] = capturesIn(paid.body);
    assert.equal(captured?.status, 'COMPLETED');
    assert.deepEqual(captured?.amount, { currency_code: 'USD', value: '29.50' });
    assert.equal(captured?.custom_id, 'our-payment');

    const again = await capture(id);
    assert.deepEqual([again.status, ...issuesIn(again.body)], [422, 'ORDER_ALREADY_CAPTURED']);
    const read = orderIn((await paypal.api('GET', `/v2/checkout/orders/${id}`)).body);
    assert.equal(read.status, 'COMPLETED');
    assert.equal(read.payer?.email_address, 'somebody@example.com');
    assert.equal(read.purchase_units[0]?.payments?.captures[0]?.id, captured?.id);
  });

  test('without Prefer an answer is id, status and links alone', async () => {
    const made = await order(unitOf('1.00'), {}, { prefer: 'return=minimal' });
    assert.deepEqual(Object.keys(made.body), ['id', 'status', 'links']);
    const read = await paypal.api('GET', `/v2/checkout/orders/${String(made.body['id'])}`, undefined, { prefer: '' });
    assert.ok('purchase_units' in read.body);
  });

  test('the same request id gives the same order, as it stands now, with 200', async () => {
    const headers = { 'paypal-request-id': 'one-payment' };
    const first = await order(unitOf('5.00'), {}, headers);
    const id = orderIn(first.body).id;
    await paypal.sandbox.approveOrder(id);
    const again = await order(unitOf('5.00'), {}, headers);
    assert.deepEqual([first.status, again.status], [201, 200]);
    assert.deepEqual([orderIn(again.body).id, orderIn(again.body).status], [id, 'APPROVED']);

    const captured = await capture(id, { 'paypal-request-id': 'one-payment-capture' });
    const replayed = await capture(id, { 'paypal-request-id': 'one-payment-capture' });
    assert.deepEqual([captured.status, replayed.status], [201, 200]);
    assert.equal(capturesIn(replayed.body)[0]?.id, capturesIn(captured.body)[0]?.id);
  });

  test('a second request with an id that is under way is told to wait', async () => {
    await paypal.control('POST', 'faults', { kind: 'slow_request', ms: 300, match: { path: '/v2/checkout/orders' } });
    const headers = { 'paypal-request-id': 'twice-at-once' };
    const answers = await Promise.all([order(unitOf('5.00'), {}, headers), order(unitOf('5.00'), {}, headers)]);
    assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([201, 409]));
    const late = answers.find((answer) => answer.status === 409);
    assert.deepEqual(issuesIn(late?.body ?? {}), ['PREVIOUS_REQUEST_IN_PROGRESS']);
  });

  test('an invoice number pays once; an attempt that brought nothing does not use it up', async () => {
    const unit = { ...unitOf('5.00'), invoice_id: 'INV-ONCE' };
    const declined = await approved(unit, 'capture-declined@example.com');
    assert.equal(capturesIn((await capture(declined)).body)[0]?.status, 'DECLINED');
    assert.equal((await capture(await approved(unit))).status, 201);
    const second = await capture(await approved(unit));
    assert.deepEqual([second.status, ...issuesIn(second.body)], [422, 'DUPLICATE_INVOICE_ID']);
  });

  test('each account behaves as its address says', async () => {
    for (const [buyer, issue] of [
      ['declined@example.com', 'INSTRUMENT_DECLINED'],
      ['cannot-pay@example.com', 'PAYER_CANNOT_PAY'],
      ['restricted@example.com', 'PAYER_ACCOUNT_RESTRICTED'],
      ['refused@example.com', 'TRANSACTION_REFUSED'],
    ] as const) {
      const answer = await capture(await approved(unitOf('5.00'), buyer));
      assert.deepEqual([answer.status, ...issuesIn(answer.body)], [422, issue], buyer);
    }
    for (const [buyer, status, reason] of [
      ['echeck@example.com', 'PENDING', 'ECHECK'],
      ['review@example.com', 'PENDING', 'PENDING_REVIEW'],
      ['capture-declined@example.com', 'DECLINED', undefined],
      ['capture-failed@example.com', 'FAILED', undefined],
    ] as const) {
      const answer = await capture(await approved(unitOf('5.00'), buyer));
      const [captured] = capturesIn(answer.body);
      assert.deepEqual(
        [answer.status, captured?.status, captured?.status_details?.reason],
        [201, status, reason],
        buyer,
      );
    }
  });

  test('a buyer who was declined approves again with another account', async () => {
    const id = await approved(unitOf('5.00'), 'declined@example.com');
    const refused = await capture(id);
    assert.deepEqual(issuesIn(refused.body), ['INSTRUMENT_DECLINED']);
    assert.ok((refused.body['links'] as { rel: string }[]).some((link) => link.rel === 'redirect'));
    await paypal.sandbox.approveOrder(id);
    assert.equal((await capture(id)).status, 201);
  });

  test('amounts have to be what PayPal takes', async () => {
    for (const [unit, status, issue] of [
      [unitOf('10.005'), 422, 'DECIMAL_PRECISION'],
      [unitOf('10.0', 'JPY'), 422, 'DECIMALS_NOT_SUPPORTED'],
      [unitOf('10.00', 'HUF'), 422, 'DECIMALS_NOT_SUPPORTED'],
      [unitOf('10.000', 'KWD'), 422, 'INVALID_CURRENCY_CODE'],
      [unitOf('0.00'), 422, 'CANNOT_BE_ZERO_OR_NEGATIVE'],
      [unitOf('-1.00'), 422, 'CANNOT_BE_ZERO_OR_NEGATIVE'],
      [unitOf('1,00'), 400, 'INVALID_PARAMETER_SYNTAX'],
      [unitOf('1.00', 'DOLLARS'), 400, 'INVALID_STRING_LENGTH'],
      [{ amount: { value: '1.00' } }, 400, 'MISSING_REQUIRED_PARAMETER'],
      [unitOf('999999999999999999.00'), 422, 'MAX_VALUE_EXCEEDED'],
      [
        { amount: { ...unitOf('10.00').amount, breakdown: { item_total: unitOf('9.00').amount } } },
        422,
        'AMOUNT_MISMATCH',
      ],
      [{ ...withItems('10.00', '0'), custom_id: 'x' }, 400, 'INVALID_PARAMETER_SYNTAX'],
      [withItems('10.00', '3'), 422, 'ITEM_TOTAL_MISMATCH'],
      [{ ...unitOf('1.00'), custom_id: 'x'.repeat(128) }, 400, 'INVALID_STRING_LENGTH'],
    ] as const) {
      const answer = await order(unit);
      assert.deepEqual([answer.status, ...issuesIn(answer.body)], [status, issue], JSON.stringify(unit));
    }
    assert.equal((await order(withItems('10.00', '2'))).status, 201);
    assert.equal((await order(unitOf('1000', 'JPY'))).status, 201);
  });

  test('bodies have to be what PayPal takes', async () => {
    for (const [body, status, issue] of [
      [{ purchase_units: [unitOf('1.00')] }, 400, 'MISSING_REQUIRED_PARAMETER'],
      [{ intent: 'AUTHORIZE', purchase_units: [unitOf('1.00')] }, 400, 'NOT_SUPPORTED'],
      [{ intent: 'CAPTURE', purchase_units: [] }, 400, 'INVALID_ARRAY_MIN_ITEMS'],
      [{ intent: 'CAPTURE', purchase_units: [unitOf('1.00'), unitOf('1.00')] }, 422, 'REFERENCE_ID_REQUIRED'],
      [{ intent: 'CAPTURE', purchase_units: [named('a'), named('a')] }, 422, 'DUPLICATE_REFERENCE_ID'],
      [{ intent: 'CAPTURE', purchase_units: [named('a'), named('b', 'EUR')] }, 422, 'MULTI_CURRENCY_ORDER'],
      [
        { intent: 'CAPTURE', purchase_units: [unitOf('1.00')], payment_source: { paypal: {} } },
        400,
        'PAYPAL_REQUEST_ID_REQUIRED',
      ],
    ] as const) {
      const answer = await paypal.api('POST', '/v2/checkout/orders', body);
      assert.deepEqual([answer.status, ...issuesIn(answer.body)], [status, issue], JSON.stringify(body));
    }
    const card = await order(unitOf('1.00'), { payment_source: { card: {} } }, { 'paypal-request-id': 'card' });
    assert.deepEqual(issuesIn(card.body), ['NOT_SUPPORTED']);
    const broken = await fetch(`${paypal.sandbox.url}/v2/checkout/orders`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await tokenOf(paypal)}`, 'content-type': 'application/json' },
      body: '{"intent":',
    });
    assert.deepEqual([broken.status, ...issuesIn((await broken.json()) as Json)], [400, 'MALFORMED_REQUEST_JSON']);
  });

  test('an order with a source of payment waits for its payer, and says what it is shown', async () => {
    const source = {
      paypal: { experience_context: { brand_name: 'Purser', return_url: 'https://shop.example/back' } },
    };
    const made = await order(unitOf('7.00'), { payment_source: source }, { 'paypal-request-id': 'source' });
    const { id, status, links } = orderIn(made.body);
    assert.equal(status, 'PAYER_ACTION_REQUIRED');
    assert.deepEqual(
      links.map((link) => link.rel),
      ['self', 'payer-action'],
    );
    const shown = (await (await fetch(`${paypal.sandbox.url}/checkout/orders/${id}`)).json()) as Json;
    assert.deepEqual([shown['amount'], shown['brand']], ['7.00 USD', 'Purser']);
    await paypal.sandbox.approveOrder(id);
    assert.equal((await capture(id)).status, 201);
    await assert.rejects(paypal.sandbox.approveOrder(id), /paid already/);
    await assert.rejects(paypal.sandbox.approveOrder('UNKNOWN'), /no such order/);
  });

  test('what an order says about itself can be patched until it is paid', async () => {
    const id = orderIn((await order()).body).id;
    const patch = (path: string, value: string) =>
      paypal.api('PATCH', `/v2/checkout/orders/${id}`, [{ op: 'replace', path, value }]);
    assert.equal((await patch("/purchase_units/@reference_id=='default'/custom_id", 'other')).status, 204);
    const read = orderIn((await paypal.api('GET', `/v2/checkout/orders/${id}`)).body);
    assert.equal(read.purchase_units[0]?.custom_id, 'other');
    assert.deepEqual(issuesIn((await patch('/intent', 'AUTHORIZE')).body), ['FIELD_NOT_PATCHABLE']);
    await paypal.sandbox.approveOrder(id);
    await capture(id);
    const late = await patch("/purchase_units/@reference_id=='default'/custom_id", 'late');
    assert.deepEqual(issuesIn(late.body), ['ORDER_ALREADY_COMPLETED']);
  });

  test('what does not exist, and a token that is none, are told in PayPal’s shapes', async () => {
    const missing = await paypal.api('GET', '/v2/checkout/orders/NOTHERE0000000000');
    assert.equal(missing.status, 404);
    assert.equal(missing.body['name'], 'RESOURCE_NOT_FOUND');
    assert.deepEqual((missing.body['details'] as Json[])[0]?.['issue'], 'INVALID_RESOURCE_ID');
    assert.match(String(missing.body['debug_id']), /^[0-9a-f]{13}$/);
    const stranger = await paypal.api('GET', '/v2/checkout/orders/X', undefined, { authorization: 'Bearer nobody' });
    assert.equal(stranger.status, 401);
    assert.equal(stranger.body['error'], 'invalid_token');
    const wrong = await fetch(`${paypal.sandbox.url}/v1/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    assert.equal(wrong.status, 401);
    assert.equal(((await wrong.json()) as Json)['error'], 'invalid_client');
  });

  test('a refusal can be asked for by header, and has no effect', async () => {
    const id = await approved();
    const mocked = await capture(id, { 'paypal-mock-response': '{"mock_application_codes":"INSTRUMENT_DECLINED"}' });
    assert.deepEqual([mocked.status, ...issuesIn(mocked.body)], [422, 'INSTRUMENT_DECLINED']);
    const broken = await capture(id, { 'paypal-mock-response': '{"mock_application_codes":"INTERNAL_SERVER_ERROR"}' });
    assert.equal(broken.status, 500);
    const unknown = await capture(id, { 'paypal-mock-response': '{"mock_application_codes":"NO_SUCH_ISSUE"}' });
    assert.equal(unknown.status, 400);
    assert.equal((await capture(id)).status, 201);
  });

  test('an answer can be lost after the capture has happened', async () => {
    const id = await approved();
    await paypal.control('POST', 'faults', {
      kind: 'timeout_after_effect',
      match: { path: `/v2/checkout/orders/${id}/capture` },
    });
    const headers = { 'paypal-request-id': `${id}-capture` };
    await assert.rejects(capture(id, headers));
    const found = await capture(id, headers);
    assert.deepEqual([found.status, capturesIn(found.body)[0]?.status], [200, 'COMPLETED']);
  });

  test('an approval lapses after three hours, and an order after three days', async () => {
    const id = await approved();
    const hour = 3_600_000;
    await paypal.control('POST', 'clock', { offset_ms: 3 * hour + 1_000 });
    assert.equal(orderIn((await paypal.api('GET', `/v2/checkout/orders/${id}`)).body).status, 'VOIDED');
    assert.equal((await capture(id)).status, 404);
    await paypal.control('POST', 'clock', { offset_ms: 73 * hour });
    assert.equal((await paypal.api('GET', `/v2/checkout/orders/${id}`)).status, 404);
    await paypal.control('POST', 'clock', { offset_ms: 0 });
  });
});

function named(reference: string, currency = 'USD') {
  return { reference_id: reference, ...unitOf('1.00', currency) };
}

/** A unit of items at 5.00 each. */
function withItems(total: string, quantity: string) {
  const amount = unitOf(total).amount;
  return {
    amount: { ...amount, breakdown: { item_total: amount } },
    items: [{ name: 'Credits', quantity, unit_amount: unitOf('5.00').amount }],
  };
}

async function tokenOf({ sandbox }: TestPayPal): Promise<string> {
  const answer = await fetch(`${sandbox.url}/v1/oauth2/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${sandbox.clientId}:${sandbox.clientSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const body = (await answer.json()) as Json;
  assert.deepEqual([answer.status, body['token_type'], body['expires_in']], [200, 'Bearer', 32_400]);
  return String(body['access_token']);
}

import { strict as assert } from 'node:assert';
import { after, before, describe, test } from 'node:test';
import { capturesIn, issuesIn, type Json, orderIn, unitOf } from '#test/sandbox/paypal-json.ts';
import { startTestPayPal, type TestPayPal } from '#test/support/test-paypal.ts';

describe('the vault of the sandbox PayPal', () => {
  let paypal: TestPayPal;

  before(async () => {
    paypal = await startTestPayPal();
  });
  after(() => paypal.close());

  const setup = (customerId: string, headers?: Record<string, string>) =>
    paypal.api(
      'POST',
      '/v3/vault/setup-tokens',
      { customer: { id: customerId }, payment_source: { paypal: { usage_type: 'MERCHANT', description: 'Credits' } } },
      headers,
    );
  const keep = (setupToken: unknown, headers?: Record<string, string>) =>
    paypal.api(
      'POST',
      '/v3/vault/payment-tokens',
      { payment_source: { token: { id: setupToken, type: 'SETUP_TOKEN' } } },
      headers,
    );
  const payWith = (vaultId: unknown, requestId: string, value = '12.00') =>
    paypal.api(
      'POST',
      '/v2/checkout/orders',
      {
        intent: 'CAPTURE',
        purchase_units: [unitOf(value)],
        payment_source: { paypal: { vault_id: vaultId } },
      },
      { 'paypal-request-id': requestId },
    );

  async function saved(customerId: string, buyer?: string): Promise<string> {
    const { id } = (await setup(customerId)).body;
    await paypal.sandbox.approveSetupToken(String(id), buyer);
    return String((await keep(id)).body['id']);
  }

  test('an account is saved once its owner agrees, and pays at once later', async () => {
    const started = await setup('customer-1', { 'paypal-request-id': 'setup-1' });
    assert.deepEqual([started.status, started.body['status']], [201, 'PAYER_ACTION_REQUIRED']);
    const { id } = started.body;
    assert.equal((await setup('customer-1', { 'paypal-request-id': 'setup-1' })).body['id'], id);
    const early = await keep(id);
    assert.deepEqual([early.status, ...issuesIn(early.body)], [422, 'PAYER_ACTION_REQUIRED']);

    await paypal.sandbox.approveSetupToken(String(id), 'ada@example.com');
    const read = await paypal.api('GET', `/v3/vault/setup-tokens/${String(id)}`);
    assert.equal(read.body['status'], 'APPROVED');
    const kept = await keep(id, { 'paypal-request-id': 'keep-1' });
    assert.equal(kept.status, 201);
    const again = await keep(id, { 'paypal-request-id': 'keep-1' });
    assert.deepEqual([again.status, again.body['id']], [200, kept.body['id']]);
    const { paypal: account } = kept.body['payment_source'] as { paypal: Json };
    assert.deepEqual([account['email_address'], account['description']], ['ada@example.com', 'Credits']);

    const paid = await payWith(kept.body['id'], 'later-1');
    assert.deepEqual([paid.status, orderIn(paid.body).status], [201, 'COMPLETED']);
    assert.equal(capturesIn(paid.body)[0]?.status, 'COMPLETED');
    const replayed = await payWith(kept.body['id'], 'later-1');
    assert.deepEqual([replayed.status, orderIn(replayed.body).id], [200, orderIn(paid.body).id]);
  });

  test('an account is saved by paying', async () => {
    const source = {
      attributes: { customer: { id: 'customer-2' }, vault: { store_in_vault: 'ON_SUCCESS', usage_type: 'MERCHANT' } },
    };
    const order = { intent: 'CAPTURE', purchase_units: [unitOf('3.00')], payment_source: { paypal: source } };
    const made = await paypal.api('POST', '/v2/checkout/orders', order, { 'paypal-request-id': 'save-by-paying' });
    const { id } = orderIn(made.body);
    await paypal.sandbox.approveOrder(id, 'ben@example.com');
    const paid = orderIn((await paypal.api('POST', `/v2/checkout/orders/${id}/capture`)).body);
    const vault = paid.payment_source?.paypal.attributes?.vault;
    assert.deepEqual([vault?.status, vault?.customer?.id], ['VAULTED', 'customer-2']);
    assert.equal(capturesIn((await payWith(vault?.id, 'saved-by-paying')).body)[0]?.status, 'COMPLETED');
  });

  test('an account that is saved by an eCheck is kept once that clears', async () => {
    const vault = { store_in_vault: 'ON_SUCCESS', usage_type: 'MERCHANT' };
    const order = {
      intent: 'CAPTURE',
      purchase_units: [unitOf('3.00')],
      payment_source: { paypal: { attributes: { vault } } },
    };
    const { id } = orderIn(
      (await paypal.api('POST', '/v2/checkout/orders', order, { 'paypal-request-id': 'echeck' })).body,
    );
    await paypal.sandbox.approveOrder(id, 'echeck@example.com');
    const paid = orderIn((await paypal.api('POST', `/v2/checkout/orders/${id}/capture`)).body);
    assert.deepEqual(paid.payment_source?.paypal.attributes?.vault, { status: 'APPROVED' });
    const [capture] = capturesIn(paid);
    await paypal.control('POST', `captures/${capture?.id ?? ''}/settle`, { outcome: 'completed' });
    const later = orderIn((await paypal.api('GET', `/v2/checkout/orders/${id}`)).body);
    assert.equal(later.payment_source?.paypal.attributes?.vault.status, 'VAULTED');
  });

  test('saved accounts are listed by customer, and forgotten', async () => {
    const tokens = [await saved('customer-3'), await saved('customer-3'), await saved('customer-4')];
    const list = async () => {
      const { body } = await paypal.api('GET', '/v3/vault/payment-tokens?customer_id=customer-3&total_required=true');
      return { ids: (body['payment_tokens'] as Json[]).map((token) => token['id']), total: body['total_items'] };
    };
    assert.deepEqual(await list(), { ids: tokens.slice(0, 2), total: 2 });
    for (let time = 0; time < 2; time += 1) {
      assert.equal((await paypal.api('DELETE', `/v3/vault/payment-tokens/${tokens[0] ?? ''}`)).status, 204);
    }
    assert.deepEqual(await list(), { ids: [tokens[1]], total: 1 });
    assert.equal((await paypal.api('GET', `/v3/vault/payment-tokens/${tokens[0] ?? ''}`)).status, 404);
    const gone = await payWith(tokens[0], 'forgotten');
    assert.deepEqual([gone.status, ...issuesIn(gone.body)], [422, 'TOKEN_ID_NOT_FOUND']);
    const events = await paypal.api('GET', '/v1/notifications/webhooks-events?event_type=VAULT.PAYMENT-TOKEN.DELETED');
    assert.equal(events.body['count'], 1);
    assert.deepEqual(issuesIn((await paypal.api('GET', '/v3/vault/payment-tokens')).body), [
      'MISSING_REQUIRED_PARAMETER',
    ]);
  });

  test('a saved account can refuse to be charged', async () => {
    for (const [buyer, issue] of [
      ['saved-declined@example.com', 'INSTRUMENT_DECLINED'],
      ['saved-closed@example.com', 'PAYER_ACCOUNT_LOCKED_OR_CLOSED'],
    ] as const) {
      const refused = await payWith(await saved('customer-5', buyer), `later-${issue}`);
      assert.deepEqual([refused.status, ...issuesIn(refused.body)], [422, issue]);
    }
  });

  test('an agreement lapses after three days', async () => {
    const { id } = (await setup('customer-6')).body;
    await paypal.control('POST', 'clock', { offset_ms: 73 * 3_600_000 });
    assert.equal((await paypal.api('GET', `/v3/vault/setup-tokens/${String(id)}`)).status, 404);
    await paypal.control('POST', 'clock', { offset_ms: 0 });
    await assert.rejects(paypal.sandbox.approveSetupToken('UNKNOWN'), /no such request/);
  });
});

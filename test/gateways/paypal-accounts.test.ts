import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { money } from '#shared/money/index.ts';
import { createPayPalGateway } from '#server/gateways/paypal/index.ts';
import {
  type GatewayMethod,
  GatewayUnavailable,
  type MethodKeeper,
  type PaymentGateway,
} from '#server/modules/payments/gateway.ts';
import { until } from '#test/sandbox/test-sandbox.ts';
import { startTestPayPal, type TestPayPal } from '#test/support/test-paypal.ts';
import { orderAt, referenceOf } from './gateway-contract.ts';
import { startWebhookCatcher } from './gateway-stage.ts';

const willing = 'buyer@example.com';

describe('PayPal accounts that are kept, and what only PayPal does', () => {
  let paypal: TestPayPal;
  let gateway: PaymentGateway;
  let keeper: MethodKeeper;

  before(async () => {
    paypal = await startTestPayPal();
    gateway = createPayPalGateway(paypal.connection);
    assert.ok(gateway.methods !== null);
    keeper = gateway.methods;
  });
  after(() => paypal.close());

  async function customer(): Promise<string> {
    return await gateway.createCustomer({
      accountId: randomUUID(),
      name: 'Fernwood',
      email: 'pay@fernwood.example',
      replaces: null,
    });
  }

  async function kept(email: string): Promise<GatewayMethod & { readonly customerReference: string }> {
    const customerReference = await customer();
    const request = { setupId: randomUUID(), customerReference, returnUrl: 'https://purser.example/methods' };
    const setup = await keeper.startSetup(request);
    await paypal.sandbox.approveSetupToken(setup.reference, email);
    const { method } = await keeper.retrieveSetup(setup.reference);
    assert.ok(method !== null);
    return { ...method, customerReference };
  }

  test('an account is kept once its owner approves, and asked again it is the same one', async () => {
    const request = {
      setupId: randomUUID(),
      customerReference: await customer(),
      returnUrl: 'https://purser.example/',
    };
    const setup = await keeper.startSetup(request);
    assert.deepEqual([setup.status, setup.clientSecret, setup.method], ['open', setup.reference, null]);
    assert.equal((await keeper.startSetup(request)).reference, setup.reference);
    assert.equal((await keeper.retrieveSetup(setup.reference)).status, 'open');
    await paypal.sandbox.approveSetupToken(setup.reference, willing);
    const done = await keeper.retrieveSetup(setup.reference);
    assert.equal(done.status, 'succeeded');
    assert.deepEqual(done.method?.details, { type: 'paypal', payerEmail: willing });
    assert.deepEqual((await keeper.retrieveSetup(setup.reference)).method, done.method);
    assert.deepEqual(await keeper.retrieveMethod(done.method.reference), done.method);
    assert.equal((await kept(willing)).fingerprint, done.method.fingerprint, 'the same account is known again');
  });

  test('a kept account is charged at once, and the same payment once', async () => {
    const { reference: savedMethodReference, customerReference } = await kept(willing);
    const request = await orderAt(gateway, { savedMethodReference, customerReference, payerIsPresent: false });
    const paid = await gateway.startPayment(request);
    assert.deepEqual([paid.status, paid.received], ['succeeded', request.amount]);
    assert.deepEqual(await gateway.startPayment(request), paid);
    assert.deepEqual(await gateway.retrievePayment(referenceOf(paid)), paid);
  });

  test('a kept account that is declined leaves an order its owner can approve', async () => {
    for (const [email, code] of [
      ['saved-declined@example.com', 'instrument_declined'],
      ['saved-closed@example.com', 'payer_cannot_pay'],
    ] as const) {
      const { reference: savedMethodReference, customerReference } = await kept(email);
      const request = await orderAt(gateway, { savedMethodReference, customerReference, payerIsPresent: false });
      const open = await gateway.startPayment(request);
      assert.deepEqual([open.status, open.lastError?.code], ['requires_payment_method', code]);
      assert.equal((await gateway.startPayment(request)).reference, open.reference);
      await paypal.sandbox.approveOrder(referenceOf(open), willing);
      assert.equal((await gateway.collectPayment(referenceOf(open), request.paymentId)).status, 'succeeded');
    }
  });

  test('a charge that PayPal knows by its invoice number has an unknown outcome, and is not made twice', async () => {
    const { reference: savedMethodReference, customerReference } = await kept(willing);
    const request = await orderAt(gateway, { savedMethodReference, customerReference, payerIsPresent: false });
    const refusal = { kind: 'fail_request', match: { method: 'POST', path: '/v2/' }, status: 422 };
    await paypal.control('POST', 'faults', { ...refusal, code: 'DUPLICATE_INVOICE_ID' });
    await assert.rejects(gateway.startPayment(request), GatewayUnavailable);
  });

  test('a kept account that was taken away is gone, and charging it asks the owner', async () => {
    const { reference: savedMethodReference, customerReference } = await kept(willing);
    await keeper.forgetMethod(savedMethodReference);
    await keeper.forgetMethod(savedMethodReference);
    assert.equal(await keeper.retrieveMethod(savedMethodReference), null);
    const request = await orderAt(gateway, { savedMethodReference, customerReference, payerIsPresent: false });
    const open = await gateway.startPayment(request);
    assert.deepEqual([open.status, open.lastError?.code], ['requires_payment_method', 'saved_method_gone']);
  });

  test('an account is kept with the payment it makes, when it was asked to', async () => {
    const request = await orderAt(gateway, { keepsMethod: true });
    const started = await gateway.startPayment(request);
    await paypal.sandbox.approveOrder(referenceOf(started), willing);
    const paid = await gateway.collectPayment(referenceOf(started), request.paymentId);
    assert.deepEqual(paid.keptMethod?.details, { type: 'paypal', payerEmail: willing });
    assert.deepEqual((await keeper.retrieveMethod(paid.keptMethod.reference))?.details, paid.keptMethod.details);
    const without = await orderAt(gateway);
    const other = await gateway.startPayment(without);
    await paypal.sandbox.approveOrder(referenceOf(other), willing);
    const collected = await gateway.collectPayment(referenceOf(other), without.paymentId);
    assert.equal(collected.keptMethod, undefined);
  });

  test('every way an account refuses is told in words of ours', async () => {
    for (const [email, code] of [
      ['declined@example.com', 'instrument_declined'],
      ['cannot-pay@example.com', 'payer_cannot_pay'],
      ['restricted@example.com', 'payer_cannot_pay'],
      ['refused@example.com', 'payment_declined'],
    ] as const) {
      const request = await orderAt(gateway);
      const started = await gateway.startPayment(request);
      await paypal.sandbox.approveOrder(referenceOf(started), email);
      const declined = await gateway.collectPayment(referenceOf(started), request.paymentId);
      assert.deepEqual([declined.status, declined.lastError?.code], ['requires_payment_method', code], email);
    }
  });

  test('money on its way is waited for, and a capture that was declined has failed', async () => {
    for (const [email, status] of [
      ['echeck@example.com', 'processing'],
      ['review@example.com', 'processing'],
      ['capture-declined@example.com', 'failed'],
      ['capture-failed@example.com', 'failed'],
    ] as const) {
      const request = await orderAt(gateway);
      const started = await gateway.startPayment(request);
      await paypal.sandbox.approveOrder(referenceOf(started), email);
      const answer = await gateway.collectPayment(referenceOf(started), request.paymentId);
      assert.deepEqual([answer.status, answer.received.amountMinor], [status, 0n], email);
      assert.equal(answer.lastError === null, status === 'processing');
    }
  });

  test('a refund to a bank is pending for days, and may fail', async () => {
    for (const [days, [email, status]] of [
      ['refund-pending@example.com', 'succeeded'],
      ['refund-fails@example.com', 'failed'],
    ].entries()) {
      const request = await orderAt(gateway);
      const started = await gateway.startPayment(request);
      await paypal.sandbox.approveOrder(referenceOf(started), email);
      await gateway.collectPayment(referenceOf(started), request.paymentId);
      const amount = money(5_00n, 'USD');
      await gateway.refundPayment({ refundId: randomUUID(), paymentReference: referenceOf(started), amount });
      const listed = async () => (await gateway.listRefunds(referenceOf(started)))[0]?.status;
      assert.equal(await listed(), 'pending', email);
      await paypal.control('POST', 'clock', { offset_ms: (days + 1) * 4 * 86_400_000 });
      assert.equal(await listed(), status, email);
    }
  });

  test('money that went to another merchant has not come', async () => {
    const strict = createPayPalGateway({ ...paypal.connection, merchantId: 'SOMEBODYELSE1' });
    const request = await orderAt(strict);
    const started = await strict.startPayment(request);
    await paypal.sandbox.approveOrder(referenceOf(started), willing);
    const answer = await strict.collectPayment(referenceOf(started), request.paymentId);
    assert.deepEqual([answer.status, answer.received], ['succeeded', money(0n, 'USD')]);
  });

  test('an order that was made for another payment is not collected', async () => {
    const request = await orderAt(gateway);
    const started = await gateway.startPayment(request);
    await paypal.sandbox.approveOrder(referenceOf(started), willing);
    await assert.rejects(gateway.collectPayment(referenceOf(started), randomUUID()), /made for another payment/);
  });

  test('a dispute is told with the payment it is about', async () => {
    const request = await orderAt(gateway);
    const started = await gateway.startPayment(request);
    await paypal.sandbox.approveOrder(referenceOf(started), willing);
    await gateway.collectPayment(referenceOf(started), request.paymentId);
    const { body } = await paypal.api('GET', `/v2/checkout/orders/${referenceOf(started)}`);
    const units = body['purchase_units'] as { payments: { captures: { id: string }[] } }[];
    const captureId = units[0]?.payments.captures[0]?.id ?? '';
    const opened = await paypal.control('POST', `captures/${captureId}/dispute`);
    const dispute = await gateway.retrieveDispute(String(opened['dispute_id']));
    assert.deepEqual(
      [dispute?.paymentReference, dispute?.status, dispute?.amount],
      [started.reference, 'needs_response', request.amount],
    );
    assert.match(dispute?.reason ?? '', /^[a-z_]+$/);
    assert.ok(dispute?.evidenceDueAt !== null);
  });

  test('a webhook is believed on PayPal’s own word where that was chosen', async () => {
    const asking = createPayPalGateway({ ...paypal.connection, webhookVerification: 'api' });
    const catcher = await startWebhookCatcher();
    try {
      await paypal.control('POST', 'webhooks', { url: catcher.url });
      const started = await asking.startPayment(await orderAt(asking));
      await paypal.sandbox.approveOrder(referenceOf(started), willing);
      await until('the webhook', () => catcher.caught.length > 0);
      const [{ rawBody, headers } = assert.fail()] = catcher.caught;
      assert.equal((await asking.verifyWebhook(rawBody, headers, new Date())).type, 'CHECKOUT.ORDER.APPROVED');
      const printedAnew = Buffer.from(JSON.stringify(JSON.parse(rawBody.toString('utf8'))));
      await assert.rejects(
        async () => await asking.verifyWebhook(printedAnew, headers, new Date()),
        /has not sent this/,
      );
    } finally {
      await catcher.close();
    }
  });
});

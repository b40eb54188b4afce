import { createStripeGateway } from '#server/gateways/stripe/index.ts';
import type { GatewayPayment } from '#server/modules/payments/gateway.ts';
import { startTestSandbox, until } from '#test/sandbox/test-sandbox.ts';
import { cards, payByCard } from '#test/support/purchase.ts';
import { type MoneyStage, startWebhookCatcher } from './gateway-stage.ts';
import { describeMoneyGateway } from './money-gateway-contract.ts';

const webhookSecret = 'whsec_of_the_contract_suite';

async function openStage(): Promise<MoneyStage> {
  const box = await startTestSandbox();
  const catcher = await startWebhookCatcher();
  await box.control('POST', 'webhook_endpoints', { url: catcher.url, secret: webhookSecret });
  const connection = {
    publishableKey: box.sandbox.publishableKey,
    secretKey: box.sandbox.secretKey,
    webhookSecret,
    apiUrl: new URL(box.sandbox.url),
  };
  return {
    gateway: createStripeGateway(connection),
    unreachable: createStripeGateway({ ...connection, apiUrl: new URL('http://127.0.0.1:1') }),
    world: {
      pay: async (payment) => {
        await payByCard(box.sandbox, payment.clientSecret ?? '', cards.accepted);
      },
      payInVain: async (payment) => {
        await payByCard(box.sandbox, payment.clientSecret ?? '', cards.declined);
      },
      timesCollected: async (payment) => {
        const charges = await box.stripe.charges.list({ payment_intent: intentOf(payment) });
        return charges.data.filter((charge) => charge.paid).length;
      },
      refundByHand: async (payment, amount) => {
        await box.stripe.refunds.create({ payment_intent: intentOf(payment), amount: Number(amount.amountMinor) });
      },
      dispute: async (payment) => {
        await box.control('POST', `payment_intents/${intentOf(payment)}/dispute`);
      },
      loseAnswers: async (times) => {
        await box.control('POST', 'faults', { kind: 'timeout_after_effect', match: { method: 'POST' }, times });
      },
      fail: async (times) => {
        await box.control('POST', 'faults', { kind: 'fail_request', match: { path: '/v1/' }, times, status: 500 });
      },
      endFaults: async () => {
        await box.control('DELETE', 'faults');
      },
      webhooks: async (count) => {
        await until(`${String(count)} webhooks`, () => catcher.caught.length >= count);
        return [...catcher.caught];
      },
      webhookAgeMaxMs: 300_000,
      unknownReference: 'pi_nobody_has_this',
    },
    async close() {
      await catcher.close();
      await box.close();
    },
  };
}

describeMoneyGateway('stripe', openStage, {
  taken: [
    [29_00n, 'USD'],
    [1_250n, 'JPY'],
    [12_340n, 'KWD'],
    [5_000n, 'ISK'],
    [3_500_50n, 'HUF'],
    [300_50n, 'TWD'],
  ],
  refused: [
    [12_345n, 'KWD'],
    [9_000_50n, 'MGA'],
    [500_00n, 'GHS'],
    [0n, 'USD'],
  ],
});

function intentOf(payment: GatewayPayment): string {
  return payment.reference ?? '';
}

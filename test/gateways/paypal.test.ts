import { randomUUID } from 'node:crypto';
import { decimalText } from '#shared/money/index.ts';
import type { GatewayPayment } from '#server/modules/payments/gateway.ts';
import { createPayPalGateway } from '#server/gateways/paypal/index.ts';
import { until } from '#test/sandbox/test-sandbox.ts';
import { startTestPayPal, type TestPayPal } from '#test/support/test-paypal.ts';
import { type MoneyStage, startWebhookCatcher } from './gateway-stage.ts';
import { describeMoneyGateway } from './money-gateway-contract.ts';

async function openStage(): Promise<MoneyStage> {
  const paypal = await startTestPayPal();
  const catcher = await startWebhookCatcher();
  await paypal.control('POST', 'webhooks', { url: catcher.url });
  const { connection, sandbox } = paypal;
  return {
    gateway: createPayPalGateway(connection),
    unreachable: createPayPalGateway({
      ...connection,
      simulator: { apiUrl: new URL('http://127.0.0.1:1'), trustedRoot: sandbox.certificateAuthority },
    }),
    world: {
      pay: (payment) => sandbox.approveOrder(orderOf(payment), 'buyer@example.com'),
      payInVain: (payment) => sandbox.approveOrder(orderOf(payment), 'declined@example.com'),
      timesCollected: async (payment) => (await capturesOf(paypal, payment)).length,
      refundByHand: async (payment, amount) => {
        const [capture] = await capturesOf(paypal, payment);
        const value = { currency_code: amount.currency, value: decimalText(amount) };
        await paypal.api('POST', `/v2/payments/captures/${capture ?? ''}/refund`, { amount: value });
      },
      dispute: async (payment) => {
        const [capture] = await capturesOf(paypal, payment);
        await paypal.control('POST', `captures/${capture ?? ''}/dispute`);
      },
      loseAnswers: async (times) => {
        await paypal.control('POST', 'faults', {
          kind: 'timeout_after_effect',
          match: { method: 'POST', path: '/v2/' },
          times,
        });
      },
      fail: async (times) => {
        await paypal.control('POST', 'faults', { kind: 'fail_request', match: { path: '/v2/' }, times, status: 503 });
      },
      endFaults: async () => {
        await paypal.control('DELETE', 'faults');
      },
      webhooks: async (count) => {
        await until(`${String(count)} webhooks`, () => catcher.caught.length >= count);
        return [...catcher.caught];
      },
      webhookAgeMaxMs: 4 * 86_400_000,
      unknownReference: randomUUID().replaceAll('-', '').slice(0, 17).toUpperCase(),
    },
    async close() {
      await catcher.close();
      await paypal.close();
    },
  };
}

describeMoneyGateway('paypal', openStage, {
  taken: [
    [29_00n, 'USD'],
    [1_250n, 'JPY'],
    [3_500_00n, 'HUF'],
    [300_00n, 'TWD'],
    [7n, 'EUR'],
  ],
  refused: [
    [3_500_50n, 'HUF'],
    [300_01n, 'TWD'],
    [2_500_00n, 'PKR'],
    [12_340n, 'KWD'],
    [0n, 'USD'],
  ],
});

function orderOf(payment: GatewayPayment): string {
  return payment.reference ?? '';
}

async function capturesOf(paypal: TestPayPal, payment: GatewayPayment): Promise<string[]> {
  const { body } = await paypal.api('GET', `/v2/checkout/orders/${orderOf(payment)}`);
  const units = (body['purchase_units'] ?? []) as { payments?: { captures?: { id: string; status: string }[] } }[];
  const captures = units.flatMap((unit) => unit.payments?.captures ?? []);
  return captures.filter((capture) => !/DECLINED|FAILED|PENDING/.test(capture.status)).map((capture) => capture.id);
}

import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import type { Money } from '#shared/money/index.ts';
import type { GatewayPayment, PaymentGateway } from '#server/modules/payments/gateway.ts';

/** A webhook as it was sent. */
export type SentWebhook = {
  readonly rawBody: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

/** A gateway to be tested. */
export type GatewayStage = { readonly gateway: PaymentGateway; close(): Promise<void> };

/** A gateway that moves money, with the world around it. */
export type MoneyStage = GatewayStage & {
  /** The same gateway, where nobody answers. */
  readonly unreachable: PaymentGateway;
  readonly world: GatewayWorld;
};

/** Its payers, its dashboard, its faults and its webhooks. */
export type GatewayWorld = {
  /** The payer does what is theirs: confirms with a card, approves in the gateway's window. */
  pay(payment: GatewayPayment): Promise<void>;
  /** The payer tries with something that is declined. */
  payInVain(payment: GatewayPayment): Promise<void>;
  /** How often money was collected for a payment of ours, by the gateway's own books. */
  timesCollected(payment: GatewayPayment): Promise<number>;
  /** Somebody gives money back in the gateway's dashboard. */
  refundByHand(payment: GatewayPayment, amount: Money): Promise<void>;
  /** The payer, or their bank, disputes a payment that was collected. */
  dispute(payment: GatewayPayment): Promise<void>;
  /** The answers to the next writes are lost after they took effect. */
  loseAnswers(times: number): Promise<void>;
  /** The next requests are answered with a failure of the gateway's. */
  fail(times: number): Promise<void>;
  endFaults(): Promise<void>;
  /** Every webhook that was sent, once there are at least so many. */
  webhooks(count: number): Promise<readonly SentWebhook[]>;
  /** How old a webhook may be before it is refused, in milliseconds. */
  readonly webhookAgeMaxMs: number;
  /** What the gateway calls a payment it has never heard of. */
  readonly unknownReference: string;
};

/** An address that takes webhooks and remembers them byte for byte. */
export async function startWebhookCatcher(): Promise<{
  readonly url: string;
  readonly caught: readonly SentWebhook[];
  close(): Promise<void>;
}> {
  const caught: SentWebhook[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      caught.push({ rawBody: Buffer.concat(chunks), headers: request.headers });
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return {
    url: `http://127.0.0.1:${String(address.port)}/`,
    caught,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

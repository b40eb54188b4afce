import { money } from '#shared/money/index.ts';
import type { Account } from '#server/modules/accounts/index.ts';
import { type GatewayPayment, type Payment, type PaymentGateway } from '#server/modules/payments/index.ts';
import type { App } from '../app.ts';
import { asGatewayCustomer } from './as-gateway-customer.ts';
import { paymentUrl } from './page-urls.ts';

/** What is known before the gateway is asked. */
export type Question = {
  readonly payment: Payment;
  readonly account: Account;
  /** The account's name at the gateway, if it has one yet. */
  readonly customerReference: string | null;
  /** The name at the gateway of the saved method to charge; null when the payer gives one. */
  readonly savedMethodReference: string | null;
  /** What the payer reads: the invoice's number. */
  readonly description: string;
};

/** What the gateway answered, and the account's name there, to be remembered with it. */
export type Answer = { readonly payment: GatewayPayment; readonly customerReference: string | null };

/** The gateway of a payment. @throws Error when it is no longer configured */
export function gatewayOf(app: App, name: string): PaymentGateway {
  const gateway = app.gateways.get(name);
  if (gateway === undefined) throw new Error(`The gateway “${name}” is not configured.`);
  return gateway;
}

/**
 * Asks the gateway about a payment, outside any transaction; one that the gateway does not know yet is started with our
 * payment id as the idempotency key, so that asking again after a crash finds the same payment. One that its payer has
 * approved is collected, if it may be.
 *
 * @throws GatewayUnavailable when the outcome is unknown; GatewayRefused when the request itself is at fault
 */
export async function askGateway(app: App, question: Question, mayCollect: boolean): Promise<Answer> {
  const { payment, account } = question;
  const gateway = gatewayOf(app, payment.gateway);
  if (payment.gatewayReference !== null) {
    const answer = await gateway.retrievePayment(payment.gatewayReference);
    if (!answer.awaitsCollection || !mayCollect) return { payment: answer, customerReference: null };
    return { payment: await gateway.collectPayment(payment.gatewayReference, payment.id), customerReference: null };
  }
  const asked = await asGatewayCustomer(app, gateway, account, question.customerReference, (customerReference) =>
    start(app, gateway, question, customerReference),
  );
  return { payment: asked.answer, customerReference: asked.customerReference };
}

async function start(
  app: App,
  gateway: PaymentGateway,
  question: Question,
  customerReference: string,
): Promise<GatewayPayment> {
  return await gateway.startPayment({
    paymentId: question.payment.id,
    amount: money(question.payment.amountMinor, question.payment.currency),
    description: question.description,
    customerReference,
    savedMethodReference: question.savedMethodReference,
    payerIsPresent: question.payment.payerIsPresent,
    keepsMethod: question.payment.keepsMethod,
    returnUrl: paymentUrl(app, question.payment.id),
  });
}

import { money } from '#shared/money/index.ts';
import type { Account } from '#server/modules/accounts/index.ts';
import type { GatewayPayment, Payment, PaymentGateway } from '#server/modules/payments/index.ts';
import type { App } from '../app.ts';
import { paymentUrl } from './page-urls.ts';

/** What is known before the gateway is asked. */
export type Question = {
  readonly payment: Payment;
  readonly account: Account;
  /** The account's name at the gateway, if it has one yet. */
  readonly customerReference: string | null;
  /** The name at the gateway of the saved method to charge; null when the payer makes the payment. */
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
 * payment id as the idempotency key, so that asking again after a crash finds the same payment.
 *
 * @throws GatewayUnavailable when the outcome is unknown; GatewayRefused when the request itself is at fault
 */
export async function askGateway(app: App, question: Question): Promise<Answer> {
  const { payment, account } = question;
  const gateway = gatewayOf(app, payment.gateway);
  if (payment.gatewayReference !== null) {
    return { payment: await gateway.retrievePayment(payment.gatewayReference), customerReference: null };
  }
  const customerReference =
    question.customerReference ??
    (await gateway.createCustomer({ accountId: account.id, name: account.name, email: account.billingEmail }));
  app.failpoint('customer-created');
  const started = await gateway.startPayment({
    paymentId: payment.id,
    amount: money(payment.amountMinor, payment.currency),
    description: question.description,
    customerReference,
    savedMethodReference: question.savedMethodReference,
    returnUrl: paymentUrl(app, payment.id),
  });
  return { payment: started, customerReference: question.customerReference === null ? customerReference : null };
}

import { formatMoney, money } from '#shared/money/index.ts';
import type { Payment } from '#server/modules/payments/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import type { App } from '../app.ts';
import { gatewayOf } from './ask-gateway.ts';

/** The gateway has no units for exactly this amount, such as a thousandth of a dinar. */
class AmountNotGivenBack extends DomainError {
  constructor(text: string) {
    const message = `cannot be given back: the payment gateway does not take exactly ${text}`;
    super('validation_failed', `/body/amount ${message}.`, { errors: [{ pointer: '/body/amount', message }] });
  }
}

/**
 * Lets an amount pass that the gateway of a payment can give back, before anything is written down: one it has no units
 * for would take the credits and never bring the money. What goes back by hand goes back in any amount.
 *
 * @param amountMinor minor units of the payment's currency
 * @throws AmountNotGivenBack
 */
export function assertRefundHolds(app: App, payment: Pick<Payment, 'gateway' | 'currency'>, amountMinor: bigint): void {
  const gateway = gatewayOf(app, payment.gateway);
  const amount = money(amountMinor, payment.currency);
  if (gateway.abilities.refunds === 'by_hand' || gateway.takes(amount)) return;
  throw new AmountNotGivenBack(formatMoney(amount, 'en'));
}

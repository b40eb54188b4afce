import { type Currency, currencyExponent, isCurrency, type Money, money } from '#shared/money/index.ts';

/**
 * Amounts travel to and from Stripe in its own units, which differ from ISO 4217 for a few currencies
 * (docs.stripe.com/currencies): ISK and UGX have no minor unit any more but are sent times 100, and three-decimal
 * currencies end in 0.
 */
const sentTimesHundred: ReadonlySet<Currency> = new Set(['ISK', 'UGX']);

/** An amount in Stripe's units. @throws RangeError when Stripe cannot collect exactly this amount */
export function toStripeAmount(value: Money): { amount: number; currency: string } {
  const factor = sentTimesHundred.has(value.currency) ? 100n : 1n;
  const units = value.amountMinor * factor;
  if (currencyExponent(value.currency) === 3 && units % 10n !== 0n) {
    throw new RangeError(`Stripe collects ${value.currency} in steps of 10 minor units.`);
  }
  return { amount: Number(units), currency: value.currency.toLowerCase() };
}

/** An amount as Stripe tells it, in minor units of ISO 4217. @throws RangeError for an unknown currency */
export function fromStripeAmount(amount: number, stripeCurrency: string): Money {
  const currency = stripeCurrency.toUpperCase();
  if (!isCurrency(currency)) throw new RangeError(`Stripe answered in an unknown currency: ${stripeCurrency}.`);
  const units = BigInt(amount);
  return money(sentTimesHundred.has(currency) ? units / 100n : units, currency);
}

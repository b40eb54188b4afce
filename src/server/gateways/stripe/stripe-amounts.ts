import { type Currency, currencyExponent, isCurrency, type Money, money } from '#shared/money/index.ts';

/**
 * Decimal places of the currencies that travel to and from Stripe in other units than those of ISO 4217
 * (docs.stripe.com/currencies): ISK and UGX have no minor unit any more but are sent with two decimals, and MGA, whose
 * minor unit is a fifth that nobody pays in, is sent without decimals.
 */
const stripeExponents: ReadonlyMap<Currency, number> = new Map([
  ['ISK', 2],
  ['UGX', 2],
  ['MGA', 0],
]);

/** An amount in Stripe's units. @throws RangeError when Stripe cannot collect exactly this amount */
export function toStripeAmount(value: Money): { amount: number; currency: string } {
  const { currency } = value;
  const units = inOtherUnits(value.amountMinor, currencyExponent(currency), stripeExponent(currency));
  if (units === null) throw new RangeError(`Stripe collects ${currency} without decimals.`);
  if (currencyExponent(currency) === 3 && units % 10n !== 0n) {
    throw new RangeError(`Stripe collects ${currency} in steps of 10 minor units.`);
  }
  return { amount: Number(units), currency: currency.toLowerCase() };
}

/** Currencies Purser can hold amounts in and Stripe does not charge in (docs.stripe.com/currencies). */
const unknownToStripe: ReadonlySet<Currency> = new Set(['GHS', 'IQD', 'LYD']);

/** Stripe's largest amount in its own units: eight digits, twelve for IDR (docs.stripe.com/currencies). */
const largestAmount = 99_999_999;
const largestAmountIdr = 999_999_999_999;

/** Whether Stripe can collect exactly this amount. Its smallest amounts depend on the settlement currency and are its own. */
export function stripeTakes(value: Money): boolean {
  if (unknownToStripe.has(value.currency) || value.amountMinor <= 0n) return false;
  try {
    const { amount } = toStripeAmount(value);
    return amount <= (value.currency === 'IDR' ? largestAmountIdr : largestAmount);
  } catch (thrown) {
    if (thrown instanceof RangeError) return false;
    throw thrown;
  }
}

/**
 * An amount as Stripe tells it, in minor units of ISO 4217.
 * @throws RangeError for an unknown currency, and for an amount our minor units cannot hold
 */
export function fromStripeAmount(amount: number, stripeCurrency: string): Money {
  const currency = stripeCurrency.toUpperCase();
  if (!isCurrency(currency)) throw new RangeError(`Stripe answered in an unknown currency: ${stripeCurrency}.`);
  const minor = inOtherUnits(BigInt(amount), stripeExponent(currency), currencyExponent(currency));
  if (minor === null) throw new RangeError(`Stripe answered with a fraction of a minor unit of ${currency}.`);
  return money(minor, currency);
}

function stripeExponent(currency: Currency): number {
  return stripeExponents.get(currency) ?? currencyExponent(currency);
}

/** Units of one exponent in those of another; null when that would need a fraction. */
function inOtherUnits(units: bigint, from: number, to: number): bigint | null {
  if (to >= from) return units * 10n ** BigInt(to - from);
  const step = 10n ** BigInt(from - to);
  return units % step === 0n ? units / step : null;
}

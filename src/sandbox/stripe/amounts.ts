import { invalidParameter } from './errors.ts';
import type { Params } from './params.ts';

/** Currencies Stripe charges in. */
const currencies = new Set(
  (
    'usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf ' +
    'clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf idr ils ' +
    'inr isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr mwk ' +
    'mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp ' +
    'sle sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xof xpf yer zar zmw'
  ).split(' '),
);

const zeroDecimal = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
const threeDecimal = new Set('bhd jod kwd omr tnd'.split(' '));

/** The smallest charge in minor units, where Stripe publishes one; elsewhere it depends on the settlement currency. */
const smallestCharge: Record<string, number> = {
  usd: 50,
  aed: 200,
  aud: 50,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
};

const amountMax = 99_999_999;

/** Reads a currency code; lower case on the wire whatever was sent. Throws Stripe's 400 for one it does not charge in. */
export function currencyFrom(params: Params, name = 'currency'): string | undefined {
  const value = params.word(name)?.toLowerCase();
  if (value === undefined || currencies.has(value)) return value;
  throw invalidParameter(params.nameOf(name), `Invalid currency: ${value}`);
}

/**
 * Checks an amount to be charged, in minor units: at least 1, Stripe's published minimum for the currency, at most eight
 * digits, and a last digit of 0 in currencies with three decimals. Throws Stripe's 400.
 */
export function checkChargeAmount(amount: number, currency: string, param = 'amount'): void {
  if (amount < 1) {
    const message = 'This value must be greater than or equal to 1.';
    throw invalidParameter(param, message, 'parameter_invalid_integer');
  }
  const smallest = smallestCharge[currency] ?? 1;
  if (amount < smallest) {
    throw invalidParameter(param, `Amount must be at least ${inMajorUnits(smallest, currency)}`, 'amount_too_small');
  }
  if (amount > amountMax) {
    throw invalidParameter(
      param,
      `Amount must be no more than ${inMajorUnits(amountMax, currency)}`,
      'amount_too_large',
    );
  }
  if (threeDecimal.has(currency) && amount % 10 !== 0) {
    throw invalidParameter(param, `Amounts in ${currency} must be a multiple of 10`, 'parameter_invalid_integer');
  }
}

/** An amount as Stripe's messages show it, such as `10.50 usd`. */
export function inMajorUnits(amount: number, currency: string): string {
  const decimals = zeroDecimal.has(currency) ? 0 : threeDecimal.has(currency) ? 3 : 2;
  return `${(amount / 10 ** decimals).toFixed(decimals)} ${currency}`;
}

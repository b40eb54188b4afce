import type Stripe from 'stripe';
import { currencyFrom } from './amounts.ts';
import type { Call } from './call.ts';
import { invalidParameter } from './errors.ts';
import { newId } from './ids.ts';
import type { WirePrice } from './objects.ts';
import type { Params } from './params.ts';

/** What a price costs and how often, without the product it is for. Amounts are minor units. */
export type PriceTerms = Pick<
  WirePrice,
  'currency' | 'custom_unit_amount' | 'metadata' | 'recurring' | 'tax_behavior' | 'unit_amount' | 'unit_amount_decimal'
>;

/** Reads the terms of a price. Throws Stripe's errors when neither or both kinds of amount are given. */
export function readPriceTerms(params: Params): PriceTerms {
  const currency = currencyFrom(params);
  if (currency === undefined) throw params.missing('currency');
  const amount = params.integer('unit_amount');
  const decimal = params.word('unit_amount_decimal');
  const custom = params.child('custom_unit_amount');
  params.ignore('currency_options');
  if (amount !== undefined && decimal !== undefined) {
    throw invalidParameter('unit_amount', 'Pass either unit_amount or unit_amount_decimal, not both.');
  }
  if (amount === undefined && decimal === undefined && !custom) throw params.missing('unit_amount');
  if (amount !== undefined && amount < 0) {
    throw invalidParameter('unit_amount', 'Invalid non-negative integer', 'parameter_invalid_integer');
  }
  if (decimal !== undefined && !/^\d{1,12}(\.\d{1,12})?$/.test(decimal)) {
    throw invalidParameter('unit_amount_decimal', `Invalid decimal: ${decimal}`);
  }
  return {
    currency,
    ...amountsOf(amount, decimal),
    custom_unit_amount: custom ? customAmountFrom(custom) : null,
    recurring: recurringFrom(params),
    tax_behavior: params.choice('tax_behavior', ['exclusive', 'inclusive', 'unspecified']) ?? 'unspecified',
    metadata: params.metadata(),
  };
}

function amountsOf(
  amount: number | undefined,
  decimal: string | undefined,
): Pick<PriceTerms, 'unit_amount' | 'unit_amount_decimal'> {
  if (amount !== undefined) return { unit_amount: amount, unit_amount_decimal: String(amount) };
  if (decimal === undefined) return { unit_amount: null, unit_amount_decimal: null };
  return { unit_amount: decimal.includes('.') ? null : Number(decimal), unit_amount_decimal: decimal };
}

function customAmountFrom(params: Params): Stripe.Price.CustomUnitAmount {
  params.flag('enabled');
  return {
    maximum: params.integer('maximum') ?? null,
    minimum: params.integer('minimum') ?? null,
    preset: params.integer('preset') ?? null,
  };
}

function recurringFrom(params: Params): Stripe.Price.Recurring | null {
  const recurring = params.child('recurring');
  if (!recurring) return null;
  const interval = recurring.choice('interval', ['day', 'month', 'week', 'year']);
  if (interval === undefined) throw recurring.missing('interval');
  return {
    interval,
    interval_count: recurring.integer('interval_count') ?? 1,
    meter: recurring.text('meter') ?? null,
    trial_period_days: recurring.integer('trial_period_days') ?? null,
    usage_type: recurring.choice('usage_type', ['licensed', 'metered']) ?? 'licensed',
  };
}

/** Keeps a price of a product; the caller tells the world. */
export function keepPrice(
  call: Call,
  terms: PriceTerms,
  product: string,
  more: Partial<Pick<WirePrice, 'active' | 'lookup_key' | 'nickname'>> = {},
): WirePrice {
  const price: WirePrice = {
    id: newId('price'),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: call.now,
    livemode: false,
    lookup_key: null,
    nickname: null,
    product,
    tiers_mode: null,
    transform_quantity: null,
    type: terms.recurring ? 'recurring' : 'one_time',
    ...terms,
    ...more,
  };
  call.writer.put('price', price.id, price);
  return price;
}

import type Stripe from 'stripe';
import { type Answer, type Call, ok, type Route } from './call.ts';
import { invalidParameter, missingResource } from './errors.ts';
import { emit } from './events.ts';
import { newId } from './ids.ts';
import { listPage } from './lists.ts';
import type { WirePrice } from './objects.ts';
import { given, type Params } from './params.ts';
import { keepPrice, readPriceTerms } from './price-terms.ts';

export const priceRoutes: Route[] = [
  { method: 'POST', path: '/v1/prices', handle: createPrice },
  { method: 'GET', path: '/v1/prices', handle: listPrices },
  { method: 'GET', path: '/v1/prices/:id', handle: retrievePrice },
  { method: 'POST', path: '/v1/prices/:id', handle: updatePrice },
];

function createPrice(call: Call): Answer {
  const terms = readPriceTerms(call.params);
  const productId = call.params.word('product');
  const productData = call.params.child('product_data');
  const newProduct = productData ? productFrom(productData, call.now) : undefined;
  const more = given({
    active: call.params.flag('active'),
    lookup_key: call.params.text('lookup_key'),
    nickname: call.params.text('nickname'),
  });
  const transfer = call.params.flag('transfer_lookup_key') ?? false;
  call.params.choice('billing_scheme', ['per_unit']);
  call.params.end();
  if ((productId === undefined) === (newProduct === undefined)) {
    throw invalidParameter('product', 'Pass exactly one of product and product_data.', 'parameter_missing');
  }
  if (newProduct) {
    call.writer.put('product', newProduct.id, newProduct);
    emit(call, 'product.created', newProduct);
  } else if (productId !== undefined) {
    refuseMissingProduct(call, productId);
  }
  claimLookupKey(call, more.lookup_key ?? null, transfer);
  const price = keepPrice(call, terms, newProduct?.id ?? productId ?? '', more);
  emit(call, 'price.created', price);
  return ok(price);
}

function refuseMissingProduct(call: Call, id: string): void {
  const product = call.writer.get('product', id);
  if (!product || product.deleted) throw missingResource('product', id, 'product');
}

function productFrom(params: Params, now: number): Stripe.Product {
  params.ignore('tax_details');
  return {
    id: params.word('id') ?? newId('prod', 14),
    object: 'product',
    active: params.flag('active') ?? true,
    created: now,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: params.metadata(),
    name: params.requiredWord('name'),
    package_dimensions: null,
    shippable: null,
    statement_descriptor: params.text('statement_descriptor') ?? null,
    tax_code: params.text('tax_code') ?? null,
    tax_details: null,
    type: 'service',
    unit_label: params.text('unit_label') ?? null,
    updated: now,
    url: null,
  };
}

/** A lookup key belongs to one active price; it moves only when asked to. */
function claimLookupKey(call: Call, key: string | null, transfer: boolean): void {
  if (key === null) return;
  const holder = call.writer.all('price').find((price) => price.lookup_key === key);
  if (!holder) return;
  if (!transfer) {
    const message = `A price (\`${holder.id}\`) already uses that lookup key.`;
    throw invalidParameter('lookup_key', message, 'resource_already_exists');
  }
  const stripped: WirePrice = { ...holder, lookup_key: null };
  call.writer.put('price', holder.id, stripped);
  emit(call, 'price.updated', stripped, holder);
}

function existingPrice(call: Call): WirePrice {
  const id = call.path['id'] ?? '';
  const price = call.writer.get('price', id);
  if (!price) throw missingResource('price', id);
  return price;
}

function retrievePrice(call: Call): Answer {
  call.params.end();
  return ok(existingPrice(call));
}

function updatePrice(call: Call): Answer {
  const before = existingPrice(call);
  const price: WirePrice = {
    ...before,
    ...given({
      active: call.params.flag('active'),
      lookup_key: call.params.text('lookup_key'),
      nickname: call.params.text('nickname'),
      tax_behavior: call.params.choice('tax_behavior', ['exclusive', 'inclusive', 'unspecified']),
    }),
    metadata: call.params.metadata(before.metadata),
  };
  const transfer = call.params.flag('transfer_lookup_key') ?? false;
  call.params.ignore('currency_options');
  call.params.end();
  if (price.lookup_key !== before.lookup_key) claimLookupKey(call, price.lookup_key, transfer);
  call.writer.put('price', price.id, price);
  emit(call, 'price.updated', price, before);
  return ok(price);
}

function listPrices(call: Call): Answer {
  const active = call.params.flag('active');
  const currency = call.params.word('currency');
  const product = call.params.word('product');
  const type = call.params.word('type');
  const lookupKeys = call.params.words('lookup_keys');
  const recurring = call.params.child('recurring');
  const interval = recurring?.word('interval');
  recurring?.ignore('meter', 'usage_type');
  return ok(
    listPage(
      call,
      '/v1/prices',
      call.writer.all('price'),
      (price) =>
        (active === undefined || price.active === active) &&
        (currency === undefined || price.currency === currency) &&
        (product === undefined || price.product === product) &&
        (type === undefined || price.type === type) &&
        (lookupKeys === undefined || lookupKeys.includes(price.lookup_key ?? '')) &&
        (interval === undefined || price.recurring?.interval === interval),
    ),
  );
}

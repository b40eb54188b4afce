import type Stripe from 'stripe';
import { type Answer, type Call, ok, type Route } from './call.ts';
import { invalidParameter, missingResource, refused } from './errors.ts';
import { emit } from './events.ts';
import { newId } from './ids.ts';
import { listPage } from './lists.ts';
import { given, type Params } from './params.ts';
import { keepPrice, readPriceTerms } from './price-terms.ts';

export const productRoutes: Route[] = [
  { method: 'POST', path: '/v1/products', handle: createProduct },
  { method: 'GET', path: '/v1/products', handle: listProducts },
  { method: 'GET', path: '/v1/products/:id', handle: retrieveProduct },
  { method: 'POST', path: '/v1/products/:id', handle: updateProduct },
  { method: 'DELETE', path: '/v1/products/:id', handle: deleteProduct },
];

function createProduct(call: Call): Answer {
  const id = call.params.word('id') ?? newId('prod', 14);
  const name = call.params.requiredWord('name');
  const type = call.params.choice('type', ['good', 'service']) ?? 'service';
  const terms = call.params.child('default_price_data');
  const priceTerms = terms && readPriceTerms(terms);
  const product = productAfter(call.params, blankProduct(id, name, type, call.now));
  call.params.end();
  const existing = call.writer.get('product', id);
  if (existing && !existing.deleted) {
    throw invalidParameter('id', `Product already exists: ${id}`, 'resource_already_exists');
  }
  const price = priceTerms ? keepPrice(call, priceTerms, id) : undefined;
  const created: Stripe.Product = { ...product, default_price: price?.id ?? null };
  call.writer.put('product', id, created);
  emit(call, 'product.created', created);
  if (price) emit(call, 'price.created', price);
  return ok(created);
}

function blankProduct(id: string, name: string, type: Stripe.Product.Type, now: number): Stripe.Product {
  return {
    id,
    object: 'product',
    active: true,
    created: now,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type,
    unit_label: null,
    updated: now,
    url: null,
  };
}

function productAfter(params: Params, before: Stripe.Product): Stripe.Product {
  const features = params.children('marketing_features');
  params.ignore('package_dimensions', 'tax_details');
  return {
    ...before,
    ...given({
      active: params.flag('active'),
      description: params.text('description'),
      images: params.words('images'),
      marketing_features: features?.map((feature) => ({ name: feature.requiredWord('name') })),
      name: params.word('name'),
      shippable: params.flag('shippable'),
      statement_descriptor: params.text('statement_descriptor'),
      tax_code: params.text('tax_code'),
      unit_label: params.text('unit_label'),
      url: params.text('url'),
    }),
    metadata: params.metadata(before.metadata),
  };
}

function existingProduct(call: Call): Stripe.Product {
  const id = call.path['id'] ?? '';
  const product = call.writer.get('product', id);
  if (!product || product.deleted) throw missingResource('product', id);
  return product;
}

function retrieveProduct(call: Call): Answer {
  call.params.end();
  return ok(existingProduct(call));
}

function updateProduct(call: Call): Answer {
  const before = existingProduct(call);
  const defaultPrice = call.params.text('default_price');
  const changed = { ...productAfter(call.params, before), ...given({ default_price: defaultPrice }) };
  call.params.end();
  if (typeof defaultPrice === 'string' && call.writer.get('price', defaultPrice)?.product !== before.id) {
    throw missingResource('price', defaultPrice, 'default_price');
  }
  const product: Stripe.Product = { ...changed, updated: call.now };
  call.writer.put('product', product.id, product);
  emit(call, 'product.updated', product, before);
  return ok(product);
}

function deleteProduct(call: Call): Answer {
  const product = existingProduct(call);
  call.params.end();
  if (call.writer.all('price').some((price) => price.product === product.id)) {
    throw refused(undefined, 'This product cannot be deleted because it has one or more user-created prices.');
  }
  const deleted: Stripe.DeletedProduct = { id: product.id, object: 'product', deleted: true };
  call.writer.put('product', product.id, deleted);
  emit(call, 'product.deleted', product);
  return ok(deleted);
}

function listProducts(call: Call): Answer {
  const active = call.params.flag('active');
  const ids = call.params.words('ids');
  const shippable = call.params.flag('shippable');
  const url = call.params.word('url');
  call.params.ignore('type');
  const products = call.writer.all('product').filter((product) => !product.deleted);
  return ok(
    listPage(
      call,
      '/v1/products',
      products,
      (product) =>
        (active === undefined || product.active === active) &&
        (ids === undefined || ids.includes(product.id)) &&
        (shippable === undefined || product.shippable === shippable) &&
        (url === undefined || product.url === url),
    ),
  );
}

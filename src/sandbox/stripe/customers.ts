import type Stripe from 'stripe';
import { addressFrom, shippingFrom } from './addresses.ts';
import { type Answer, type Call, ok, type Route } from './call.ts';
import { invalidParameter, missingResource } from './errors.ts';
import { emit } from './events.ts';
import { customerOf } from './existing-customer.ts';
import { newId } from './ids.ts';
import { listPage } from './lists.ts';
import { given, type Params } from './params.ts';
import { attachToCustomer, detachFromCustomer, paymentMethodFrom } from './payment-methods.ts';

export const customerRoutes: Route[] = [
  { method: 'POST', path: '/v1/customers', handle: createCustomer },
  { method: 'GET', path: '/v1/customers', handle: listCustomers },
  { method: 'GET', path: '/v1/customers/:id', handle: retrieveCustomer },
  { method: 'POST', path: '/v1/customers/:id', handle: updateCustomer },
  { method: 'DELETE', path: '/v1/customers/:id', handle: deleteCustomer },
  { method: 'GET', path: '/v1/customers/:id/payment_methods', handle: listPaymentMethodsOfCustomer },
  { method: 'GET', path: '/v1/customers/:id/payment_methods/:method', handle: retrievePaymentMethodOfCustomer },
];

function createCustomer(call: Call): Answer {
  const id = newId('cus', 14);
  const blank: Stripe.Customer = {
    id,
    object: 'customer',
    address: null,
    balance: 0,
    created: call.now,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  };
  const paymentMethod = call.params.word('payment_method');
  const customer = customerAfter(call.params, blank);
  ignoreOthers(call.params);
  const defaultMethod = call.params.child('invoice_settings')?.word('default_payment_method');
  call.params.end();
  call.writer.put('customer', id, customer);
  if (paymentMethod !== undefined) attachGiven(call, paymentMethod, customer);
  const settled = withDefaultMethod(call, customer, defaultMethod);
  call.writer.put('customer', id, settled);
  emit(call, 'customer.created', settled);
  return ok(settled);
}

function attachGiven(call: Call, id: string, customer: Stripe.Customer): void {
  const method = paymentMethodFrom(call, id, 'payment_method');
  attachToCustomer(call, method, customer);
}

function updateCustomer(call: Call): Answer {
  const before = customerOf(call.writer, call.path['id'] ?? '');
  const changed = customerAfter(call.params, before);
  ignoreOthers(call.params);
  const defaultMethod = call.params.child('invoice_settings')?.text('default_payment_method');
  call.params.end();
  const customer = withDefaultMethod(call, changed, defaultMethod);
  call.writer.put('customer', customer.id, customer);
  if (JSON.stringify(customer) !== JSON.stringify(before)) emit(call, 'customer.updated', customer, before);
  return ok(customer);
}

function customerAfter(params: Params, before: Stripe.Customer): Stripe.Customer {
  const address = params.child('address');
  const email = params.text('email');
  if (typeof email === 'string' && !email.includes('@')) {
    throw invalidParameter('email', `Invalid email address: ${email}`, 'email_invalid');
  }
  return {
    ...before,
    ...given({
      balance: params.integer('balance'),
      description: params.text('description'),
      email,
      name: params.text('name'),
      next_invoice_sequence: params.integer('next_invoice_sequence'),
      phone: params.text('phone'),
      preferred_locales: params.words('preferred_locales'),
      invoice_prefix: params.word('invoice_prefix'),
      shipping: shippingFrom(params),
      tax_exempt: params.choice('tax_exempt', ['exempt', 'none', 'reverse']),
      address: address && addressFrom(address, before.address ?? null),
    }),
    metadata: params.metadata(before.metadata),
  };
}

function ignoreOthers(params: Params): void {
  params.ignore('business_name', 'individual_name', 'cash_balance', 'tax', 'tax_id_data', 'validate');
}

function withDefaultMethod(call: Call, customer: Stripe.Customer, id: string | null | undefined): Stripe.Customer {
  if (id === undefined) return customer;
  const param = 'invoice_settings[default_payment_method]';
  if (id !== null && call.writer.get('payment_method', id)?.customer !== customer.id) {
    const message = `The customer does not have a payment method with the ID ${id}.`;
    throw invalidParameter(param, `${message} It must be attached to the customer.`, 'resource_missing');
  }
  return { ...customer, invoice_settings: { ...customer.invoice_settings, default_payment_method: id } };
}

function retrieveCustomer(call: Call): Answer {
  const id = call.path['id'] ?? '';
  call.params.end();
  const customer = call.writer.get('customer', id);
  if (!customer) throw missingResource('customer', id);
  return ok(customer);
}

function deleteCustomer(call: Call): Answer {
  const customer = customerOf(call.writer, call.path['id'] ?? '');
  call.params.end();
  for (const method of call.writer.all('payment_method').filter((entry) => entry.customer === customer.id)) {
    detachFromCustomer(call, method);
  }
  const deleted: Stripe.DeletedCustomer = { id: customer.id, object: 'customer', deleted: true };
  call.writer.put('customer', customer.id, deleted);
  emit(call, 'customer.deleted', customer);
  return ok(deleted);
}

function listCustomers(call: Call): Answer {
  const email = call.params.word('email');
  const customers = call.writer.all('customer').filter((customer) => !customer.deleted);
  return ok(listPage(call, '/v1/customers', customers, (customer) => email === undefined || customer.email === email));
}

function listPaymentMethodsOfCustomer(call: Call): Answer {
  const customer = customerOf(call.writer, call.path['id'] ?? '');
  const type = call.params.word('type');
  const url = `/v1/customers/${customer.id}/payment_methods`;
  return ok(
    listPage(
      call,
      url,
      call.writer.all('payment_method'),
      (method) => method.customer === customer.id && (type === undefined || method.type === type),
    ),
  );
}

function retrievePaymentMethodOfCustomer(call: Call): Answer {
  const customer = customerOf(call.writer, call.path['id'] ?? '');
  const id = call.path['method'] ?? '';
  call.params.end();
  const method = call.writer.get('payment_method', id);
  if (!method || method.customer !== customer.id) throw missingResource('PaymentMethod', id, 'payment_method');
  return ok(method);
}

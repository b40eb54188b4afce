import type Stripe from 'stripe';
import { missingResource } from './errors.ts';
import type { StripeReader } from './objects.ts';

/** A customer that exists and is not deleted. Throws `resource_missing`, with `param` as the parameter at fault. */
export function customerOf(reader: StripeReader, id: string, param = 'id'): Stripe.Customer {
  const customer = reader.get('customer', id);
  if (!customer || customer.deleted) throw missingResource('customer', id, param);
  return customer;
}

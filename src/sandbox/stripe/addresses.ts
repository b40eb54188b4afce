import type Stripe from 'stripe';
import { given, type Params } from './params.ts';

const noAddress: Stripe.Address = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

/** An address after this request; members that were not sent keep what they had. */
export function addressFrom(params: Params, before: Stripe.Address | null = null): Stripe.Address {
  return {
    ...(before ?? noAddress),
    ...given({
      city: params.text('city'),
      country: params.text('country'),
      line1: params.text('line1'),
      line2: params.text('line2'),
      postal_code: params.text('postal_code'),
      state: params.text('state'),
    }),
  };
}

export type ShippingDetails = { address: Stripe.Address; name: string; phone: string | null };

/** Reads `shipping`: undefined when it was not sent, null when it was unset. */
export function shippingFrom(params: Params): ShippingDetails | null | undefined {
  const shipping = params.child('shipping');
  if (!shipping) return shipping;
  const address = shipping.child('address');
  if (!address) throw shipping.missing('address');
  shipping.ignore('carrier', 'tracking_number');
  return { address: addressFrom(address), name: shipping.requiredWord('name'), phone: shipping.text('phone') ?? null };
}

const noBillingDetails: Stripe.PaymentMethod.BillingDetails = {
  address: noAddress,
  email: null,
  name: null,
  phone: null,
  tax_id: null,
};

/** Billing details after this request; members that were not sent keep what they had. */
export function billingDetailsFrom(
  params: Params,
  before: Stripe.PaymentMethod.BillingDetails = noBillingDetails,
): Stripe.PaymentMethod.BillingDetails {
  const details = params.child('billing_details');
  if (!details) return before;
  const address = details.child('address');
  return {
    ...before,
    ...given({
      email: details.text('email'),
      name: details.text('name'),
      phone: details.text('phone'),
      tax_id: details.text('tax_id'),
    }),
    address: address ? addressFrom(address, before.address) : before.address,
  };
}

import type Stripe from 'stripe';
import { newClientSecret, newId } from './ids.ts';
import type { OfferedMethods } from './intents.ts';

/** A payment that has no method yet. The amount is in minor units and has been checked; `now` is sandbox seconds. */
export function newPaymentIntent(order: {
  amount: number;
  currency: string;
  customer: string | null;
  confirmationMethod: Stripe.PaymentIntent.ConfirmationMethod;
  metadata: Stripe.Metadata;
  offered: OfferedMethods;
  now: number;
}): Stripe.PaymentIntent {
  const id = newId('pi');
  return {
    id,
    object: 'payment_intent',
    amount: order.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic',
    client_secret: newClientSecret(id),
    confirmation_method: order.confirmationMethod,
    created: order.now,
    currency: order.currency,
    customer: order.customer,
    customer_account: null,
    description: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: order.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
    ...order.offered,
  };
}

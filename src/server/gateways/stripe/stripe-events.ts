import { z } from 'zod';
import type { EventMeaning } from '#server/modules/payments/gateway.ts';
import { setupIdKey } from './stripe-methods.ts';
import { paymentIdKey } from './stripe-payments.ts';

/**
 * What each event of Stripe means to us. An event is a hint, never a fact: it names the object to ask about, in any
 * order and any number of times. Old and new shapes are both read (docs.stripe.com/upgrades).
 */
const paymentEvents: ReadonlySet<string> = new Set([
  // The intent exists; ours is known already, so this only confirms it.
  'payment_intent.created',
  // The bank wants the payer to authenticate.
  'payment_intent.requires_action',
  // Money is on its way; the outcome comes later.
  'payment_intent.processing',
  // Money has arrived.
  'payment_intent.succeeded',
  // An attempt was declined; the intent stays open for another card.
  'payment_intent.payment_failed',
  // The intent was given up, by us or in Stripe's dashboard.
  'payment_intent.canceled',
]);

/** Events of a charge: the payment is the intent the charge belongs to. */
const chargeEvents: ReadonlySet<string> = new Set([
  // The charge behind an intent went through, or did not: the intent's own event may be late or lost.
  'charge.succeeded',
  'charge.failed',
  'charge.pending',
  'charge.updated',
]);

/** Events of money that goes back: the payment's refunds are asked for. */
const refundEvents: ReadonlySet<string> = new Set([
  // A refund was made, by us or in Stripe's dashboard.
  'refund.created',
  'charge.refunded',
  // It went through, waits, or did not reach the payer; two names of one thing.
  'refund.updated',
  'charge.refund.updated',
  'refund.failed',
]);

/** Events of a dispute: the object is the dispute. */
const disputeEvents: ReadonlySet<string> = new Set([
  // The payer's bank asks, or has taken the money back.
  'charge.dispute.created',
  // Evidence was given, or the bank has said something.
  'charge.dispute.updated',
  // It was decided.
  'charge.dispute.closed',
  // The money went, or came back.
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
]);

/** Events of a SetupIntent: a method was saved, or was not. */
const setupEvents: ReadonlySet<string> = new Set([
  // The bank wants the holder to authenticate.
  'setup_intent.requires_action',
  // The card is kept.
  'setup_intent.succeeded',
  // The card was declined; the intent stays open for another one.
  'setup_intent.setup_failed',
  // The intent was given up in Stripe's dashboard.
  'setup_intent.canceled',
]);

/** Events of a card that is kept. */
const methodEvents: ReadonlySet<string> = new Set([
  // The issuer has renewed the card, and Stripe has learned of it by itself.
  'payment_method.automatically_updated',
  // Somebody changed it in Stripe's dashboard.
  'payment_method.updated',
  // It was removed from its customer, by us or in Stripe's dashboard.
  'payment_method.detached',
]);

const eventShape = z.object({
  type: z.string(),
  data: z.object({
    object: z.looseObject({
      id: z.string().optional(),
      metadata: z.record(z.string(), z.string()).nullish(),
      payment_intent: z.union([z.string(), z.looseObject({ id: z.string() })]).nullish(),
    }),
  }),
});

/** Reads a stored event. An event that is not ours to act on says why in a sentence. */
export function translateStripeEvent(rawBody: Buffer): EventMeaning {
  const parsed = eventShape.safeParse(JSON.parse(rawBody.toString('utf8')));
  if (!parsed.success) return { kind: 'ignored', reason: 'The event has a shape we do not know.' };
  const { type, data } = parsed.data;
  const object = data.object;
  if (paymentEvents.has(type) && object.id !== undefined) {
    return { kind: 'payment', reference: object.id, paymentId: object.metadata?.[paymentIdKey] ?? null };
  }
  if (chargeEvents.has(type)) {
    const reference = intentOf(object);
    if (reference !== undefined) {
      return { kind: 'payment', reference, paymentId: object.metadata?.[paymentIdKey] ?? null };
    }
  }
  if (refundEvents.has(type)) {
    const paymentReference = intentOf(object);
    if (paymentReference !== undefined) return { kind: 'refunds', paymentReference };
  }
  if (disputeEvents.has(type) && object.id !== undefined) return { kind: 'dispute', reference: object.id };
  if (setupEvents.has(type) && object.id !== undefined) {
    return { kind: 'setup', reference: object.id, setupId: object.metadata?.[setupIdKey] ?? null };
  }
  if (methodEvents.has(type) && object.id !== undefined) return { kind: 'method', reference: object.id };
  return { kind: 'ignored', reason: `Events of type ${type} change nothing here.` };
}

function intentOf(object: z.infer<typeof eventShape>['data']['object']): string | undefined {
  const intent = object.payment_intent;
  return typeof intent === 'string' ? intent : intent?.id;
}

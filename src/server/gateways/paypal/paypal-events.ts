import { z } from 'zod';
import type { EventMeaning } from '#server/modules/payments/gateway.ts';
import { captureIdOf, linkShape, orderIdOf } from './paypal-shapes.ts';

/**
 * What each event of PayPal means to us. An event is a hint, never a fact: it names the object to ask about, in any order
 * and any number of times. Members of old versions are read beside those of new ones (notes stand at each table).
 */

/** Events of an order: `resource` is the order, or names it as `order_id`. */
const orderEvents: ReadonlySet<string> = new Set([
  // The payer has approved it; we collect, whether or not their browser comes back.
  'CHECKOUT.ORDER.APPROVED',
  // It was captured.
  'CHECKOUT.ORDER.COMPLETED',
  // It was given up, by PayPal or in its pages.
  'CHECKOUT.ORDER.VOIDED',
  // The approval was taken back: nothing was captured in time.
  'CHECKOUT.PAYMENT-APPROVAL.REVERSED',
]);

/** Events of a capture: the payment is the order it belongs to, named in newer ones and linked to in older ones. */
const captureEvents: ReadonlySet<string> = new Set([
  // Money has arrived.
  'PAYMENT.CAPTURE.COMPLETED',
  // Money is on its way: an eCheck, or a review.
  'PAYMENT.CAPTURE.PENDING',
  // Two names of one thing: the capture brings nothing.
  'PAYMENT.CAPTURE.DENIED',
  'PAYMENT.CAPTURE.DECLINED',
]);

/** Events of money that goes back: `resource` is the refund, and only its link up names the capture. */
const refundEvents: ReadonlySet<string> = new Set([
  // Money was given back, by us or in PayPal's pages.
  'PAYMENT.CAPTURE.REFUNDED',
  // PayPal took the money back itself.
  'PAYMENT.CAPTURE.REVERSED',
  // A refund waits for its funds, or did not go through.
  'PAYMENT.REFUND.PENDING',
  'PAYMENT.REFUND.FAILED',
]);

const disputeEvents: ReadonlySet<string> = new Set([
  // The buyer has complained, or their bank has.
  'CUSTOMER.DISPUTE.CREATED',
  // An older name of the same.
  'RISK.DISPUTE.CREATED',
  // Something was said or decided on the way.
  'CUSTOMER.DISPUTE.UPDATED',
  // It was decided.
  'CUSTOMER.DISPUTE.RESOLVED',
]);

const methodEvents: ReadonlySet<string> = new Set([
  // A PayPal account was kept.
  'VAULT.PAYMENT-TOKEN.CREATED',
  // Its owner, or we, took it away; PayPal tells before and after.
  'VAULT.PAYMENT-TOKEN.DELETION-INITIATED',
  'VAULT.PAYMENT-TOKEN.DELETED',
]);

const eventShape = z.object({
  event_type: z.string(),
  resource: z.object({
    id: z.string().optional(),
    order_id: z.string().optional(),
    dispute_id: z.string().optional(),
    // The capture of a refund, in the first version of the shape.
    capture_id: z.string().optional(),
    custom_id: z.string().optional(),
    // The order a PayPal account was kept with.
    metadata: z.object({ order_id: z.string().optional() }).optional(),
    purchase_units: z.array(z.object({ custom_id: z.string().optional() })).optional(),
    supplementary_data: z
      .object({
        related_ids: z.object({ order_id: z.string().optional(), capture_id: z.string().optional() }).optional(),
      })
      .optional(),
    links: z.array(linkShape).optional(),
  }),
});

type Resource = z.infer<typeof eventShape>['resource'];

/** Reads a stored event. An event that is not ours to act on says why in a sentence. */
export function translatePayPalEvent(rawBody: Buffer): EventMeaning {
  const parsed = eventShape.safeParse(JSON.parse(rawBody.toString('utf8')));
  if (!parsed.success) return { kind: 'ignored', reason: 'The event has a shape we do not know.' };
  const { event_type: type, resource } = parsed.data;
  const meaning =
    (orderEvents.has(type) ? ofOrder(resource) : null) ??
    (captureEvents.has(type) ? ofCapture(resource) : null) ??
    (refundEvents.has(type) ? ofRefund(resource) : null) ??
    (disputeEvents.has(type) ? ofDispute(resource) : null) ??
    (methodEvents.has(type) ? ofMethod(resource) : null);
  return meaning ?? { kind: 'ignored', reason: `Events of type ${type} change nothing here.` };
}

function ofOrder(resource: Resource): EventMeaning | null {
  const reference = resource.order_id ?? resource.id;
  if (reference === undefined) return null;
  return { kind: 'payment', reference, paymentId: paymentIdOf(resource.purchase_units?.[0]?.custom_id) };
}

function ofCapture(resource: Resource): EventMeaning | null {
  const reference = orderIdOf(resource);
  if (reference !== null) return { kind: 'payment', reference, paymentId: paymentIdOf(resource.custom_id) };
  return resource.id === undefined ? null : { kind: 'part', partReference: resource.id, about: 'payment' };
}

function ofRefund(resource: Resource): EventMeaning | null {
  const orderId = orderIdOf(resource);
  if (orderId !== null) return { kind: 'refunds', paymentReference: orderId };
  const captureId = captureIdOf(resource) ?? resource.capture_id;
  return captureId === undefined ? null : { kind: 'part', partReference: captureId, about: 'refunds' };
}

function ofDispute(resource: Resource): EventMeaning | null {
  const reference = resource.dispute_id ?? resource.id;
  return reference === undefined ? null : { kind: 'dispute', reference };
}

function ofMethod(resource: Resource): EventMeaning | null {
  if (resource.id === undefined) return null;
  const paymentReference = resource.metadata?.order_id;
  return { kind: 'method', reference: resource.id, ...(paymentReference === undefined ? {} : { paymentReference }) };
}

/** Other systems of the seller may use the same PayPal account, and put what they like into custom_id. */
function paymentIdOf(customId: string | undefined): string | null {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(customId ?? '') ? (customId ?? null) : null;
}

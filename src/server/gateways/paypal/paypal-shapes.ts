import { z } from 'zod';

/**
 * What is read of PayPal's answers (Orders v2, Payments v2). Members that are not named here are left alone, in any order;
 * those that PayPal leaves away in some answers are optional.
 */
export const amountShape = z.object({ currency_code: z.string(), value: z.string() });

export const linkShape = z.object({ rel: z.string(), href: z.string() });

/** Where a capture or refund belongs: newer answers name the order, older ones link up to it. */
export const belongsShape = z.object({
  supplementary_data: z
    .object({
      related_ids: z.object({ order_id: z.string().optional(), capture_id: z.string().optional() }).optional(),
    })
    .optional(),
  links: z.array(linkShape).optional(),
});

export const captureShape = belongsShape.extend({
  id: z.string(),
  status: z.string(),
  status_details: z.object({ reason: z.string().optional() }).optional(),
  amount: amountShape.optional(),
  custom_id: z.string().optional(),
  payee: z.object({ merchant_id: z.string().optional() }).optional(),
});

export const refundShape = belongsShape.extend({
  id: z.string(),
  status: z.string(),
  status_details: z.object({ reason: z.string().optional() }).optional(),
  amount: amountShape.optional(),
  custom_id: z.string().optional(),
  create_time: z.string().optional(),
});

const walletShape = z.object({
  email_address: z.string().optional(),
  account_id: z.string().optional(),
  attributes: z
    .object({ vault: z.object({ id: z.string().optional(), status: z.string().optional() }).optional() })
    .optional(),
});

export const orderShape = z.object({
  id: z.string(),
  status: z.string(),
  update_time: z.string().optional(),
  purchase_units: z
    .array(
      z.object({
        custom_id: z.string().optional(),
        amount: amountShape.optional(),
        payee: z.object({ merchant_id: z.string().optional() }).optional(),
        payments: z
          .object({ captures: z.array(captureShape).optional(), refunds: z.array(refundShape).optional() })
          .optional(),
      }),
    )
    .optional(),
  payment_source: z.object({ paypal: walletShape.optional() }).optional(),
  payer: z.object({ email_address: z.string().optional(), payer_id: z.string().optional() }).optional(),
});

/** A payment source a token of the vault stands for. */
export const tokenShape = z.object({
  id: z.string(),
  status: z.string().optional(),
  payment_source: z.object({ paypal: walletShape.optional() }).optional(),
});

export type PayPalOrder = z.infer<typeof orderShape>;
export type PayPalCapture = z.infer<typeof captureShape>;
export type PayPalRefund = z.infer<typeof refundShape>;
export type PayPalToken = z.infer<typeof tokenShape>;

/** The order a capture belongs to, by whatever the answer names it with; null when it names none. */
export function orderIdOf(belongs: z.infer<typeof belongsShape>): string | null {
  return belongs.supplementary_data?.related_ids?.order_id ?? idInLinkUp(belongs, 'v2/checkout/orders');
}

/** The capture a refund belongs to; null when the answer names none. */
export function captureIdOf(belongs: z.infer<typeof belongsShape>): string | null {
  return belongs.supplementary_data?.related_ids?.capture_id ?? idInLinkUp(belongs, 'v2/payments/captures');
}

function idInLinkUp(belongs: z.infer<typeof belongsShape>, collection: string): string | null {
  const up = belongs.links?.find((link) => link.rel === 'up' && link.href.includes(`/${collection}/`));
  return up === undefined ? null : (/\/([A-Z0-9]+)\/?$/.exec(up.href)?.[1] ?? null);
}

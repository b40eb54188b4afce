import { strict as assert } from 'node:assert';
import type { TestPayPal } from '#test/support/test-paypal.ts';

/** What PayPal answers, before anybody has looked at it. */
export type Json = Record<string, unknown>;

export type CaptureJson = {
  id: string;
  status: string;
  status_details?: { reason: string };
  amount: { currency_code: string; value: string };
  custom_id?: string;
};

export type OrderJson = {
  id: string;
  status: string;
  links: { rel: string }[];
  payer?: { email_address: string };
  payment_source?: { paypal: { attributes?: { vault: { id?: string; status: string; customer?: { id: string } } } } };
  purchase_units: {
    amount: object;
    custom_id?: string;
    payments?: { captures: CaptureJson[]; refunds?: { id: string; status: string }[] };
  }[];
};

/** A purchase unit of an amount. */
export function unitOf(value: string, currency = 'USD') {
  return { amount: { currency_code: currency, value } };
}

export function orderIn(body: Json): OrderJson {
  assert.ok('purchase_units' in body || 'links' in body, JSON.stringify(body));
  return body as OrderJson;
}

export function capturesIn(body: Json): CaptureJson[] {
  return orderIn(body).purchase_units.flatMap((unit) => unit.payments?.captures ?? []);
}

/** The issues of a refusal. */
export function issuesIn(body: Json): string[] {
  return ((body['details'] ?? []) as { issue: string }[]).map((detail) => detail.issue);
}

/** Makes an order, has it approved and captures it; answers its capture and the order's id. */
export async function paidOrder(
  paypal: TestPayPal,
  unit: object = unitOf('30.00'),
  buyer?: string,
): Promise<{ orderId: string; capture: CaptureJson }> {
  const order = { intent: 'CAPTURE', purchase_units: [unit] };
  const { id } = orderIn((await paypal.api('POST', '/v2/checkout/orders', order)).body);
  await paypal.sandbox.approveOrder(id, buyer);
  const paid = await paypal.api('POST', `/v2/checkout/orders/${id}/capture`);
  const [capture] = capturesIn(paid.body);
  assert.ok(capture, JSON.stringify(paid.body));
  return { orderId: id, capture };
}

import { nameOf, payerIdOf, payerOf } from './buyers.ts';
import { sandboxMerchant } from './credentials.ts';
import { amountOf, feeOf, minorOf } from './money.ts';
import type { Capture, Link, Order, PayPalReader, PaymentToken, PurchaseUnit, Refund } from './objects.ts';
import { timeOf, westCoastTimeOf } from './times.ts';

/** Where objects are looked up and where links lead. */
type View = { writer: PayPalReader; base: string };

/** An order with everything that is known of it. */
export function orderBody(view: View, order: Order): object {
  const source = sourceOf(view, order);
  return {
    id: order.id,
    intent: 'CAPTURE',
    status: order.status,
    ...(source === undefined ? {} : { payment_source: { paypal: source } }),
    purchase_units: order.units.map((unit) => unitBody(view, order, unit)),
    ...(order.buyer === null ? {} : { payer: payerOf(order.buyer) }),
    create_time: timeOf(order.createdAt),
    ...(order.updatedAt === order.createdAt ? {} : { update_time: timeOf(order.updatedAt) }),
    links: orderLinks(view, order),
  };
}

/** What `Prefer: return=minimal` leaves of an order. */
export function minimalOrder(view: View, order: Order): object {
  return { id: order.id, status: order.status, links: orderLinks(view, order) };
}

function orderLinks({ base }: View, order: Order): Link[] {
  const href = `${base}/v2/checkout/orders/${order.id}`;
  const self: Link = { href, rel: 'self', method: 'GET' };
  const update: Link = { href, rel: 'update', method: 'PATCH' };
  const capture: Link = { href: `${href}/capture`, rel: 'capture', method: 'POST' };
  const page = `${base}/checkoutnow?token=${order.id}`;
  switch (order.status) {
    case 'CREATED':
      return [self, { href: page, rel: 'approve', method: 'GET' }, update, capture];
    case 'PAYER_ACTION_REQUIRED':
      return [self, { href: page, rel: 'payer-action', method: 'GET' }];
    case 'APPROVED':
      return [self, update, capture];
    case 'COMPLETED':
    case 'VOIDED':
      return [self];
    default:
      return order.status satisfies never;
  }
}

function sourceOf(view: View, order: Order): object | undefined {
  if (order.buyer === null) return order.source === null ? undefined : {};
  const attributes = savedOf(view, order);
  return {
    ...accountOf(order.buyer),
    ...(attributes === undefined ? {} : { attributes }),
  };
}

/** A buyer's account as sources of payment show it. */
function accountOf(email: string): object {
  return {
    email_address: email,
    account_id: payerIdOf(email),
    account_status: 'VERIFIED',
    name: nameOf(email),
    address: { country_code: 'US' },
  };
}

function savedOf(view: View, order: Order): object | undefined {
  if (order.source?.savesOnSuccess !== true) return undefined;
  const token = order.savedTokenId === null ? undefined : view.writer.get('payment_token', order.savedTokenId);
  if (!token) return order.status === 'COMPLETED' ? { vault: { status: 'APPROVED' } } : undefined;
  return {
    vault: { id: token.id, status: 'VAULTED', customer: { id: token.customerId }, links: tokenLinks(view, token.id) },
  };
}

function unitBody(view: View, order: Order, unit: PurchaseUnit): object {
  const captures = order.captureIds
    .flatMap((id) => view.writer.get('capture', id) ?? [])
    .filter((capture) => capture.unit.reference_id === unit.reference_id);
  const refunds = captures.flatMap((capture) => capture.refundIds.flatMap((id) => view.writer.get('refund', id) ?? []));
  return {
    ...unit,
    payee: sandboxMerchant,
    ...(captures.length === 0
      ? {}
      : {
          payments: {
            captures: captures.map((capture) => captureInOrder(view, capture)),
            ...(refunds.length === 0 ? {} : { refunds: refunds.map((refund) => refundBody(view, refund)) }),
          },
        }),
  };
}

function captureInOrder({ base }: View, capture: Capture): object {
  const href = `${base}/v2/payments/captures/${capture.id}`;
  const pays = capture.status !== 'PENDING' && capture.status !== 'DECLINED' && capture.status !== 'FAILED';
  const fee = feeOf(capture.amount);
  const net = amountOf(minorOf(capture.amount) - minorOf(fee), capture.amount.currency_code);
  return {
    id: capture.id,
    status: capture.status,
    ...(capture.reason === null ? {} : { status_details: { reason: capture.reason } }),
    amount: capture.amount,
    final_capture: true,
    seller_protection: { status: 'ELIGIBLE', dispute_categories: ['ITEM_NOT_RECEIVED', 'UNAUTHORIZED_TRANSACTION'] },
    ...(pays
      ? { seller_receivable_breakdown: { gross_amount: capture.amount, paypal_fee: fee, net_amount: net } }
      : {}),
    ...(capture.unit.invoice_id === undefined ? {} : { invoice_id: capture.unit.invoice_id }),
    ...(capture.unit.custom_id === undefined ? {} : { custom_id: capture.unit.custom_id }),
    links: [
      { href, rel: 'self', method: 'GET' },
      { href: `${href}/refund`, rel: 'refund', method: 'POST' },
      { href: `${base}/v2/checkout/orders/${capture.orderId}`, rel: 'up', method: 'GET' },
    ],
    create_time: timeOf(capture.createdAt),
    update_time: timeOf(capture.updatedAt),
  };
}

/** A capture as it is read by itself, and as events carry it. */
export function captureBody(view: View, capture: Capture): object {
  return {
    ...captureInOrder(view, capture),
    supplementary_data: { related_ids: { order_id: capture.orderId } },
    payee: sandboxMerchant,
  };
}

/** A refund. Its times are written by PayPal's own clock. */
export function refundBody({ base }: View, refund: Refund): object {
  const zero = amountOf(0n, refund.amount.currency_code);
  return {
    id: refund.id,
    amount: refund.amount,
    ...(refund.invoiceId === null ? {} : { invoice_id: refund.invoiceId }),
    ...(refund.customId === null ? {} : { custom_id: refund.customId }),
    ...(refund.note === null ? {} : { note_to_payer: refund.note }),
    // The fixed part of the fee stays with PayPal, as does the rest since 2019.
    seller_payable_breakdown: {
      gross_amount: refund.amount,
      paypal_fee: zero,
      net_amount: refund.amount,
      total_refunded_amount: refund.total,
    },
    status: refund.status,
    ...(refund.status === 'PENDING' ? { status_details: { reason: 'ECHECK' } } : {}),
    create_time: westCoastTimeOf(refund.createdAt),
    update_time: westCoastTimeOf(refund.updatedAt),
    links: [
      { href: `${base}/v2/payments/refunds/${refund.id}`, rel: 'self', method: 'GET' },
      { href: `${base}/v2/payments/captures/${refund.captureId}`, rel: 'up', method: 'GET' },
    ],
  };
}

/** A saved account. */
export function tokenBody(view: View, token: PaymentToken): object {
  return {
    id: token.id,
    customer: customerOf(token),
    payment_source: {
      paypal: {
        ...(token.description === null ? {} : { description: token.description }),
        usage_type: token.usageType,
        customer_type: 'CONSUMER',
        email_address: token.buyer,
        account_id: payerIdOf(token.buyer),
        payer_id: payerIdOf(token.buyer),
        name: { ...nameOf(token.buyer), full_name: Object.values(nameOf(token.buyer)).join(' ') },
      },
    },
    links: tokenLinks(view, token.id),
  };
}

function customerOf(token: PaymentToken): object {
  return {
    id: token.customerId,
    ...(token.merchantCustomerId === null ? {} : { merchant_customer_id: token.merchantCustomerId }),
  };
}

function tokenLinks({ base }: View, id: string): Link[] {
  const href = `${base}/v3/vault/payment-tokens/${id}`;
  return [
    { href, rel: 'self', method: 'GET' },
    { href, rel: 'delete', method: 'DELETE' },
  ];
}

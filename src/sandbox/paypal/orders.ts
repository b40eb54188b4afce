import { type Answer, type Call, ok, type Route } from './call.ts';
import { invalid, missingResource, unprocessable } from './errors.ts';
import { newId } from './ids.ts';
import { membersOf } from './members.ts';
import type { Order, PayPalSource } from './objects.ts';
import { readSource } from './order-source.ts';
import { payOrder } from './pay-order.ts';
import { minimalOrder, orderBody } from './present.ts';
import { readUnits } from './purchase-units.ts';
import { orderAsItStands } from './pass-time.ts';

/** PayPal keeps request ids of orders for six hours. */
const requestIdLifetimeMs = 6 * 3_600_000;

export const orderRoutes: Route[] = [
  {
    method: 'POST',
    path: '/v2/checkout/orders',
    handle: createOrder,
    replay: { lifetimeMs: requestIdLifetimeMs, again: (call, id) => answerOrder(call, existingOrder(call, id), 200) },
  },
  { method: 'GET', path: '/v2/checkout/orders/:id', handle: retrieveOrder },
  { method: 'PATCH', path: '/v2/checkout/orders/:id', handle: patchOrder },
  {
    method: 'POST',
    path: '/v2/checkout/orders/:id/capture',
    handle: captureOrder,
    replay: { lifetimeMs: requestIdLifetimeMs, again: (call, id) => answerOrder(call, existingOrder(call, id), 200) },
  },
];

/** An order that has not died of age. @throws PayPalError */
function existingOrder(call: Call, id: string): Order {
  const order = orderAsItStands(call, id);
  if (!order) throw missingResource('order_id', id);
  return order;
}

function answerOrder(call: Call, order: Order, status: number): Answer {
  const body = call.prefers === 'representation' ? orderBody(call, order) : minimalOrder(call, order);
  return { status, body, madeId: order.id };
}

/**
 * Makes an order. One that names a saved account is paid at once; one with another source of payment waits for its
 * buyer under another name, and is answered with 200.
 */
function createOrder(call: Call): Answer {
  const body = membersOf(call.json);
  const intent = body.choice('intent', ['CAPTURE', 'AUTHORIZE']);
  if (intent === undefined) throw invalid('MISSING_REQUIRED_PARAMETER', '/intent');
  if (intent === 'AUTHORIZE') throw invalid('NOT_SUPPORTED', '/intent', intent);
  const units = readUnits(body);
  const given = body.object('payment_source');
  if (given !== undefined && call.requestId === null) throw invalid('PAYPAL_REQUEST_ID_REQUIRED', '/payment_source');
  const source = given === undefined ? null : readSource(given);
  const order: Order = {
    id: newId(),
    status: source === null ? 'CREATED' : 'PAYER_ACTION_REQUIRED',
    units,
    source,
    buyer: null,
    approvedAt: null,
    captureIds: [],
    savedTokenId: null,
    createdAt: call.now,
    updatedAt: call.now,
  };
  if (source?.vaultId != null) {
    return answerOrder(call, payOrder(call, order, ownerOf(call, source, source.vaultId)), 201);
  }
  call.writer.put('order', order.id, order);
  return answerOrder(call, order, source === null ? 201 : 200);
}

/** Who owns the saved account that is to pay. @throws PayPalError */
function ownerOf(call: Call, source: PayPalSource, vaultId: string): string {
  const token = call.writer.get('payment_token', vaultId);
  if (!token) throw unprocessable('TOKEN_ID_NOT_FOUND', '/payment_source/paypal/vault_id', vaultId);
  if (source.customerId !== null && source.customerId !== token.customerId) {
    throw unprocessable('MISMATCHED_VAULT_ID_TO_PAYMENT_SOURCE', '/payment_source/paypal/vault_id', vaultId);
  }
  return token.buyer;
}

function retrieveOrder(call: Call): Answer {
  return ok(orderBody(call, existingOrder(call, call.path['id'] ?? '')));
}

function captureOrder(call: Call): Answer {
  const order = existingOrder(call, call.path['id'] ?? '');
  if (call.json !== undefined && membersOf(call.json).has('payment_source')) {
    throw invalid('NOT_SUPPORTED', '/payment_source');
  }
  switch (order.status) {
    case 'COMPLETED':
      throw unprocessable('ORDER_ALREADY_CAPTURED');
    case 'VOIDED':
      throw missingResource('order_id', order.id);
    case 'CREATED':
    case 'PAYER_ACTION_REQUIRED':
      throw unprocessable('ORDER_NOT_APPROVED');
    case 'APPROVED':
      return answerOrder(call, payOrder(call, order, order.buyer ?? ''), 201);
    default:
      return order.status satisfies never;
  }
}

const patchable =
  /^\/purchase_units\/@reference_id=='([^']{1,256})'\/(custom_id|description|invoice_id|soft_descriptor)$/;
const patchedMax = { custom_id: 127, description: 127, invoice_id: 127, soft_descriptor: 22 } as const;

/** Changes what an order says about itself, before it is paid. Amounts cannot be patched here. */
function patchOrder(call: Call): Answer {
  const order = existingOrder(call, call.path['id'] ?? '');
  if (order.status === 'COMPLETED') throw unprocessable('ORDER_ALREADY_COMPLETED');
  if (!Array.isArray(call.json)) throw invalid('MALFORMED_REQUEST_JSON', '/');
  let units = order.units;
  for (const [index, entry] of call.json.entries()) {
    const change = membersOf(entry, `/${String(index)}`);
    const operation = change.text('op', 10);
    if (operation !== 'add' && operation !== 'replace') {
      throw invalid('INVALID_PATCH_OPERATION', `${change.pointer}/op`, operation);
    }
    const pointer = change.requiredText('path', 400);
    const [, referenceId, member] = patchable.exec(pointer) ?? [];
    const name = (['custom_id', 'description', 'invoice_id', 'soft_descriptor'] as const).find((one) => one === member);
    if (name === undefined) throw invalid('FIELD_NOT_PATCHABLE', `${change.pointer}/path`, pointer);
    if (!units.some((unit) => unit.reference_id === referenceId)) {
      throw unprocessable('REFERENCE_ID_NOT_FOUND', `${change.pointer}/path`, pointer);
    }
    const value = change.requiredText('value', patchedMax[name]);
    units = units.map((unit) => (unit.reference_id === referenceId ? { ...unit, [name]: value } : unit));
  }
  call.writer.put('order', order.id, { ...order, units, updatedAt: call.now });
  return { status: 204, body: null };
}

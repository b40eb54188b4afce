import { type Answer, type Call, ok, type Route } from './call.ts';
import { invalid, missingResource, PayPalError, unprocessable } from './errors.ts';
import { emit } from './events.ts';
import { membersOf } from './members.ts';
import type { PaymentToken } from './objects.ts';
import { tokenBody } from './present.ts';
import { saveAccount } from './save-account.ts';
import { existingSetupToken, vaultRequestIdLifetimeMs } from './setup-tokens.ts';

const pageSizeMax = 5;

export const paymentTokenRoutes: Route[] = [
  {
    method: 'POST',
    path: '/v3/vault/payment-tokens',
    handle: createPaymentToken,
    replay: {
      lifetimeMs: vaultRequestIdLifetimeMs,
      again: (call, id) => ok(tokenBody(call, existingToken(call, id))),
    },
  },
  { method: 'GET', path: '/v3/vault/payment-tokens', handle: listPaymentTokens },
  {
    method: 'GET',
    path: '/v3/vault/payment-tokens/:id',
    handle: (call) => ok(tokenBody(call, existingToken(call, call.path['id'] ?? ''))),
  },
  { method: 'DELETE', path: '/v3/vault/payment-tokens/:id', handle: deletePaymentToken },
];

function existingToken(call: Call, id: string): PaymentToken {
  const token = call.writer.get('payment_token', id);
  if (!token) throw missingResource('id', id);
  return token;
}

/** Makes a payment token of a setup token that was approved: once, and the same one when it is asked for again. */
function createPaymentToken(call: Call): Answer {
  const token = membersOf(call.json).requiredObject('payment_source').requiredObject('token');
  const type = token.choice('type', ['SETUP_TOKEN', 'BILLING_AGREEMENT']);
  if (type !== 'SETUP_TOKEN')
    throw invalid(type === undefined ? 'MISSING_REQUIRED_PARAMETER' : 'NOT_SUPPORTED', `${token.pointer}/type`);
  const setup = existingSetupToken(call, token.requiredText('id', 36));
  if (setup.status === 'PAYER_ACTION_REQUIRED' || setup.buyer === null) {
    throw unprocessable('PAYER_ACTION_REQUIRED', `${token.pointer}/id`, setup.id);
  }
  const made = setup.paymentTokenId === null ? undefined : call.writer.get('payment_token', setup.paymentTokenId);
  if (made) return { status: 200, body: tokenBody(call, made), madeId: made.id };
  if (setup.paymentTokenId !== null) throw missingResource('id', setup.paymentTokenId);
  const saved = saveAccount(call, {
    buyer: setup.buyer,
    customerId: setup.customerId,
    merchantCustomerId: setup.merchantCustomerId,
    usageType: setup.usageType,
    description: setup.description,
  });
  call.writer.put('setup_token', setup.id, { ...setup, status: 'VAULTED', paymentTokenId: saved.id });
  return { status: 201, body: tokenBody(call, saved), madeId: saved.id };
}

function listPaymentTokens(call: Call): Answer {
  const customerId = call.query.get('customer_id');
  if (customerId === null || customerId === '') throw missingQuery('customer_id');
  const [size, page] = [numberIn(call, 'page_size', pageSizeMax), numberIn(call, 'page', 10)];
  const tokens = call.writer.all('payment_token').filter((token) => token.customerId === customerId);
  const shown = tokens.slice(((page ?? 1) - 1) * (size ?? pageSizeMax), (page ?? 1) * (size ?? pageSizeMax));
  const total =
    call.query.get('total_required') === 'true'
      ? { total_items: tokens.length, total_pages: Math.ceil(tokens.length / (size ?? pageSizeMax)) }
      : {};
  const href = `${call.base}/v3/vault/payment-tokens?customer_id=${encodeURIComponent(customerId)}`;
  return ok({
    customer: { id: customerId },
    payment_tokens: shown.map((token) => tokenBody(call, token)),
    ...total,
    links: [{ href, rel: 'self', method: 'GET' }],
  });
}

function numberIn(call: Call, name: string, max: number): number | undefined {
  const text = call.query.get(name);
  if (text === null) return undefined;
  const number = Number(text);
  if (/^\d{1,4}$/.test(text) && number >= 1 && number <= max) return number;
  throw new PayPalError('INVALID_REQUEST', [
    { field: name, location: 'query', issue: 'INVALID_PARAMETER_VALUE', value: text.slice(0, 200) },
  ]);
}

function missingQuery(name: string): PayPalError {
  return new PayPalError('INVALID_REQUEST', [{ field: name, location: 'query', issue: 'MISSING_REQUIRED_PARAMETER' }]);
}

/** Forgets a saved account and tells about it; one that is forgotten already is answered alike. */
function deletePaymentToken(call: Call): Answer {
  const token = call.writer.get('payment_token', call.path['id'] ?? '');
  if (token) {
    call.writer.remove('payment_token', token.id);
    emit(call, 'VAULT.PAYMENT-TOKEN.DELETED', tokenBody(call, token));
  }
  return { status: 204, body: null };
}

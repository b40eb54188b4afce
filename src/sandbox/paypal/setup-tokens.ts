import { nameOf, payerIdOf } from './buyers.ts';
import { type Answer, type Call, ok, type Route } from './call.ts';
import { invalid, missingResource } from './errors.ts';
import { newCustomerId, newId } from './ids.ts';
import { type Members, membersOf } from './members.ts';
import type { Link, SetupToken } from './objects.ts';
import { readExperience } from './order-source.ts';
import { setupTokenAsItStands } from './pass-time.ts';

/** PayPal keeps request ids of the vault for three hours. */
export const vaultRequestIdLifetimeMs = 3 * 3_600_000;

export const setupTokenRoutes: Route[] = [
  {
    method: 'POST',
    path: '/v3/vault/setup-tokens',
    handle: createSetupToken,
    replay: {
      lifetimeMs: vaultRequestIdLifetimeMs,
      again: (call, id) => ok(setupTokenBody(call, existingSetupToken(call, id))),
    },
  },
  {
    method: 'GET',
    path: '/v3/vault/setup-tokens/:id',
    handle: (call) => ok(setupTokenBody(call, existingSetupToken(call, call.path['id'] ?? ''))),
  },
];

/** A setup token that has not died of age. @throws PayPalError */
export function existingSetupToken(call: Call, id: string): SetupToken {
  const token = setupTokenAsItStands(call, id);
  if (!token) throw missingResource('id', id);
  return token;
}

/** Starts the saving of an account: its owner has to approve. */
function createSetupToken(call: Call): Answer {
  const body = membersOf(call.json);
  const paypal = paypalOf(body.requiredObject('payment_source'));
  const context = paypal.object('experience_context');
  context?.choice('vault_instruction', ['ON_CREATE_PAYMENT_TOKENS', 'ON_PAYER_APPROVAL']);
  const token: SetupToken = {
    id: newId(),
    status: 'PAYER_ACTION_REQUIRED',
    customerId: body.object('customer')?.text('id', 22) ?? newCustomerId(),
    merchantCustomerId: body.object('customer')?.text('merchant_customer_id', 64) ?? null,
    usageType: paypal.choice('usage_type', ['MERCHANT', 'PLATFORM']) ?? 'MERCHANT',
    description: paypal.text('description', 128) ?? null,
    ...readExperience(context),
    buyer: null,
    paymentTokenId: null,
    createdAt: call.now,
  };
  call.writer.put('setup_token', token.id, token);
  return { status: 201, body: setupTokenBody(call, token), madeId: token.id };
}

function paypalOf(source: Members): Members {
  const other = source.names().find((name) => name !== 'paypal');
  if (other !== undefined) throw invalid('NOT_SUPPORTED', `${source.pointer}/${other}`);
  return source.requiredObject('paypal');
}

function setupTokenBody({ base }: { base: string }, token: SetupToken): object {
  const self: Link = { href: `${base}/v3/vault/setup-tokens/${token.id}`, rel: 'self', method: 'GET' };
  const approve: Link = {
    href: `${base}/agreements/approve?approval_session_id=${token.id}`,
    rel: 'approve',
    method: 'GET',
  };
  const confirm: Link = { href: `${base}/v3/vault/payment-tokens`, rel: 'confirm', method: 'POST' };
  const account =
    token.buyer === null
      ? {}
      : { email_address: token.buyer, payer_id: payerIdOf(token.buyer), name: nameOf(token.buyer) };
  return {
    id: token.id,
    customer: {
      id: token.customerId,
      ...(token.merchantCustomerId === null ? {} : { merchant_customer_id: token.merchantCustomerId }),
    },
    status: token.status,
    payment_source: {
      paypal: {
        ...(token.description === null ? {} : { description: token.description }),
        usage_type: token.usageType,
        ...account,
      },
    },
    links: token.status === 'PAYER_ACTION_REQUIRED' ? [self, approve] : [self, confirm],
  };
}

import {
  GatewayPaymentMissing,
  GatewayRefused,
  type GatewaySetup,
  type MethodKeeper,
} from '#server/modules/payments/gateway.ts';
import { z } from 'zod';
import type { PayPalClient } from './paypal-client.ts';
import { toGatewayMethod } from './paypal-payments.ts';
import { type PayPalToken, tokenShape } from './paypal-shapes.ts';

/** PayPal's name for an account of ours: its 16 bytes in the 22 characters PayPal has room for. */
export function payPalCustomerId(accountId: string): string {
  return Buffer.from(accountId.replaceAll('-', ''), 'hex').toString('base64url');
}

/**
 * PayPal accounts kept for later (developer.paypal.com/docs/api/payment-tokens/v3): the payer approves a setup token, and
 * we make a payment token of it.
 */
export function payPalVault(client: PayPalClient): MethodKeeper {
  return {
    startSetup: async ({ setupId, customerReference, returnUrl }) => {
      const token = await client.ask({
        method: 'POST',
        path: '/v3/vault/setup-tokens',
        body: {
          customer: { id: customerReference },
          payment_source: {
            paypal: {
              usage_type: 'MERCHANT',
              experience_context: {
                shipping_preference: 'NO_SHIPPING',
                vault_instruction: 'ON_PAYER_APPROVAL',
                return_url: returnUrl,
                cancel_url: returnUrl,
              },
            },
          },
        },
        requestId: setupId,
        answer: tokenShape,
      });
      return setupOf(token, null);
    },
    retrieveSetup: async (reference) => {
      const path = `/v3/vault/setup-tokens/${encodeURIComponent(reference)}`;
      const token = await client.ask({ method: 'GET', path, answer: tokenShape });
      // VAULTED: a payment token was made of it, and the same request id answers with that one.
      if (token.status !== 'APPROVED' && token.status !== 'VAULTED') return setupOf(token, null);
      return await keep(token);
    },
    retrieveMethod: async (reference) => {
      try {
        return toGatewayMethod(await client.ask({ method: 'GET', path: tokenPath(reference), answer: tokenShape }));
      } catch (thrown) {
        if (thrown instanceof GatewayPaymentMissing) return null;
        throw thrown;
      }
    },
    forgetMethod: async (reference) => {
      try {
        await client.ask({ method: 'DELETE', path: tokenPath(reference), answer: z.unknown() });
      } catch (thrown) {
        if (!(thrown instanceof GatewayPaymentMissing)) throw thrown;
      }
    },
  };

  async function keep(approved: PayPalToken): Promise<GatewaySetup> {
    try {
      const token = await client.ask({
        method: 'POST',
        path: '/v3/vault/payment-tokens',
        body: { payment_source: { token: { id: approved.id, type: 'SETUP_TOKEN' } } },
        requestId: `keep-${approved.id}`,
        answer: tokenShape,
      });
      return setupOf({ ...approved, status: 'VAULTED' }, token);
    } catch (thrown) {
      if (!(thrown instanceof GatewayRefused)) throw thrown;
      return {
        ...setupOf(approved, null),
        status: 'failed',
        clientSecret: null,
        lastError: {
          code: 'setup_expired',
          message: 'PayPal no longer lets us save this approval. Save the PayPal account once more.',
        },
      };
    }
  }
}

function setupOf(token: PayPalToken, kept: PayPalToken | null): GatewaySetup {
  const method = kept === null ? null : toGatewayMethod(kept);
  return {
    reference: token.id,
    status: method === null ? 'open' : 'succeeded',
    clientSecret: method === null ? token.id : null,
    // Setup tokens carry nothing of ours.
    setupId: null,
    method,
    lastError: null,
  };
}

function tokenPath(reference: string): string {
  return `/v3/vault/payment-tokens/${encodeURIComponent(reference)}`;
}

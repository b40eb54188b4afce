import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sandboxClientId, sandboxClientSecret } from './credentials.ts';
import type { PayPalReader, PayPalWriter } from './objects.ts';

const lifetimeSeconds = 32_400;

/** What the token endpoint answers; refusals have a shape of their own, not that of the API's errors. */
export function grantToken(
  writer: PayPalWriter,
  authorization: string | undefined,
  form: URLSearchParams,
): { status: number; body: object } {
  if (!isKnownApp(authorization)) {
    return { status: 401, body: { error: 'invalid_client', error_description: 'Client Authentication failed' } };
  }
  if (form.get('grant_type') !== 'client_credentials') {
    return {
      status: 400,
      body: { error: 'unsupported_grant_type', error_description: 'unsupported grant_type' },
    };
  }
  const token = `A21AA${randomBytes(60).toString('base64url')}`;
  writer.put('access_token', token, { expiresAt: Date.now() + lifetimeSeconds * 1_000 });
  const body = {
    scope:
      'https://uri.paypal.com/services/payments/payment https://uri.paypal.com/services/payments/refund https://uri.paypal.com/services/vault/payment-tokens/readwrite https://uri.paypal.com/services/disputes/read-seller',
    access_token: token,
    token_type: 'Bearer',
    app_id: 'APP-80W284485P519543T',
    expires_in: lifetimeSeconds,
    nonce: `${new Date().toISOString().slice(0, 19)}Z${randomBytes(32).toString('base64url')}`,
  };
  return { status: 200, body };
}

/** Whether a token was given out and has not run out. */
export function isTokenInForce(reader: PayPalReader, authorization: string | undefined): boolean {
  const token = /^Bearer ([\w-]{1,200})$/i.exec(authorization ?? '')?.[1];
  const known = token === undefined ? undefined : reader.get('access_token', token);
  return known !== undefined && known.expiresAt > Date.now();
}

function isKnownApp(authorization: string | undefined): boolean {
  const given = /^Basic ([\w+/=-]{1,1000})$/i.exec(authorization ?? '')?.[1];
  if (given === undefined) return false;
  const [actual, expected] = [Buffer.from(given, 'base64'), Buffer.from(`${sandboxClientId}:${sandboxClientSecret}`)];
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

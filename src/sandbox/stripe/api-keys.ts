import { StripeError } from './errors.ts';

/** The keys that Purser uses when none are configured. They open nothing but the sandbox. */
export const sandboxSecretKey = 'sk_test_sandbox_purser';
export const sandboxPublishableKey = 'pk_test_sandbox_purser';

export type KeyKind = 'secret' | 'publishable';

/**
 * Tells what kind of key an Authorization header holds, as Bearer or as the user name of Basic. Any test key is taken;
 * throws Stripe's 401 for none, for a live one and for anything else.
 */
export function keyKindOf(authorization: string | undefined): KeyKind {
  const key = keyFrom(authorization);
  if (key === undefined || key === '') {
    throw unauthorized('You did not provide an API key. Pass it as a Bearer token in the Authorization header.');
  }
  if (/^(sk|rk)_(test|sandbox)_\w+$/.test(key)) return 'secret';
  if (/^pk_(test|sandbox)_\w+$/.test(key)) return 'publishable';
  throw unauthorized(`Invalid API Key provided: ${masked(key)}`);
}

function keyFrom(authorization: string | undefined): string | undefined {
  const [scheme, credentials] = (authorization ?? '').split(' ', 2);
  if (scheme?.toLowerCase() === 'bearer') return credentials;
  if (scheme?.toLowerCase() !== 'basic') return undefined;
  return Buffer.from(credentials ?? '', 'base64')
    .toString('utf8')
    .split(':', 1)[0];
}

function masked(key: string): string {
  return `${key.slice(0, 8)}${'*'.repeat(Math.max(4, Math.min(key.length, 40) - 12))}`;
}

function unauthorized(message: string): StripeError {
  return new StripeError(401, { type: 'invalid_request_error', message }, { beforeExecution: true });
}

/** What Stripe answers when a browser's key is used where a server's is needed. */
export function secretKeyRequired(): StripeError {
  return new StripeError(
    403,
    {
      type: 'invalid_request_error',
      code: 'secret_key_required',
      message: 'This API call cannot be made with a publishable API key. Please use a secret API key.',
    },
    { beforeExecution: true },
  );
}

import type { EndpointName } from '#shared/contract/routes.ts';

/** How often an endpoint may be called, by wall time. */
export type RateLimit = {
  readonly max: number;
  readonly windowMs: number;
  /** Counted for each network address, or for each address together with the e-mail in the body. */
  readonly per: 'client' | 'client_and_email';
};

const minuteMs = 60_000;

/** In the sandbox nothing is worth guessing, and tests sign in by the hundred. */
const sandboxFactor = 100;

/** The limits of endpoints that take a password or send an e-mail; stricter than that of all others. */
export function authRateLimits(sandbox: boolean): { readonly [name in EndpointName]?: RateLimit } {
  const factor = sandbox ? sandboxFactor : 1;
  return {
    signIn: { max: 10 * factor, windowMs: minuteMs, per: 'client_and_email' },
    signUp: { max: 10 * factor, windowMs: minuteMs, per: 'client' },
    requestPasswordReset: { max: 5 * factor, windowMs: minuteMs, per: 'client' },
    resetPassword: { max: 10 * factor, windowMs: minuteMs, per: 'client' },
    sendVerificationEmail: { max: 5 * factor, windowMs: minuteMs, per: 'client' },
    verifyEmail: { max: 10 * factor, windowMs: minuteMs, per: 'client' },
  };
}

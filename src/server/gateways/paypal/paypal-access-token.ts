import { z } from 'zod';
import { GatewayUnavailable } from '#server/modules/payments/gateway.ts';

/** The token every question carries; fetched when it is first needed and kept until shortly before it expires. */
export type AccessToken = {
  /** @throws GatewayUnavailable when PayPal gives none: it does not answer, or the keys are wrong */
  get(): Promise<string>;
  /** Throws away a token that PayPal no longer takes. */
  forget(): void;
};

/** How long before its end a token is no longer used, in milliseconds. */
const marginMs = 60_000;

const tokenShape = z.object({ access_token: z.string().min(1), expires_in: z.number().nonnegative() });

/** Tokens for a client id (developer.paypal.com/api/rest/authentication). Callers at once share one request. */
export function createAccessToken(
  origin: string,
  keys: { readonly clientId: string; readonly clientSecret: string },
  timeoutMs: number,
): AccessToken {
  let current: Promise<{ readonly text: string; readonly goodUntil: number }> | null = null;

  async function usable(): Promise<string> {
    const asked = current ?? fetchToken();
    current = asked;
    try {
      const token = await asked;
      if (performance.now() < token.goodUntil) return token.text;
    } catch (thrown) {
      // A failure is not kept: whoever comes next asks anew.
      if (current === asked) current = null;
      throw thrown;
    }
    // Of several that find it too old at once, the first throws it away and the others find the new one.
    if (current === asked) current = null;
    return await usable();
  }

  async function fetchToken() {
    const startedAt = performance.now();
    const response = await answered(() =>
      fetch(`${origin}/v1/oauth2/token`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${keys.clientId}:${keys.clientSecret}`).toString('base64')}`,
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=client_credentials',
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      }),
    );
    if (!response.ok) {
      const hint = response.status === 401 ? ': check PAYPAL_CLIENT_ID, PAYPAL_CLIENT_SECRET and PAYPAL_MODE' : '';
      const cause = new Error(`PayPal gave no access token (${String(response.status)}${hint}).`);
      throw new GatewayUnavailable('paypal', cause);
    }
    const token = await answered(async () => tokenShape.parse(await response.json()));
    // One that lives shorter than the margin is used while it lives, else it would be fetched without end.
    const livesMs = token.expires_in * 1_000;
    return { text: token.access_token, goodUntil: startedAt + Math.max(livesMs - marginMs, livesMs / 2, 1_000) };
  }

  return {
    get: usable,
    forget: () => {
      current = null;
    },
  };
}

async function answered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (thrown) {
    throw new GatewayUnavailable('paypal', thrown);
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { GatewayPaymentMissing, GatewayRefused, GatewayUnavailable } from '#server/modules/payments/gateway.ts';
import { createAccessToken } from './paypal-access-token.ts';
import { apiOriginOf, type PayPalConnection } from './paypal-connection.ts';

/** One question to PayPal. */
export type PayPalRequest<Answer> = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** An object to be sent as JSON, or JSON that must go as it is. */
  readonly body?: object | string;
  /** PayPal-Request-Id, at most 108 characters: asking again with the same one does the thing once. */
  readonly requestId?: string;
  /** A POST that changes nothing, so that asking again is harmless. */
  readonly changesNothing?: true;
  /** What is read of the answer; members beyond it are left alone. */
  readonly answer: z.ZodType<Answer>;
};

/** PayPal's REST API, with its errors turned into ours. */
export type PayPalClient = {
  /**
   * @throws GatewayUnavailable without an answer that can be read: the outcome is unknown until it is asked;
   * GatewayPaymentMissing for a thing PayPal does not know; GatewayRefused for any other refusal, by PayPal's issue code
   */
  ask<Answer>(request: PayPalRequest<Answer>): Promise<Answer>;
};

/** Longest wait for an answer of PayPal, in milliseconds. */
const timeoutMs = 10_000;

/** The pause before a repeatable question is asked once more, in milliseconds. */
const pauseMs = 200;

/** A typed client of our own over `fetch` (docs/decisions/0022). */
export function createPayPalClient(connection: PayPalConnection): PayPalClient {
  const origin = apiOriginOf(connection);
  const accessToken = createAccessToken(origin, connection, timeoutMs);
  return {
    async ask(request) {
      try {
        return await askOnce(request);
      } catch (thrown) {
        if (!(thrown instanceof GatewayUnavailable) || !isRepeatable(request)) throw thrown;
        await delay(pauseMs);
        return await askOnce(request);
      }
    },
  };

  async function askOnce<Answer>(request: PayPalRequest<Answer>): Promise<Answer> {
    let answer = await send(request, await accessToken.get());
    if (answer.status === 401) {
      // The token was revoked before its time. Nothing was done, so that even what cannot be repeated is asked again.
      accessToken.forget();
      answer = await send(request, await accessToken.get());
    }
    if (answer.status >= 200 && answer.status < 300) return readAnswer(request, answer.text);
    throw refusalOf(request, answer);
  }

  async function send(request: PayPalRequest<unknown>, token: string): Promise<{ status: number; text: string }> {
    try {
      const response = await fetch(`${origin}${request.path}`, {
        method: request.method,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          'content-type': 'application/json',
          // Without it answers are the id and the status alone.
          prefer: 'return=representation',
          ...(request.requestId === undefined ? {} : { 'paypal-request-id': request.requestId }),
        },
        ...(request.body === undefined
          ? {}
          : { body: typeof request.body === 'string' ? request.body : JSON.stringify(request.body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      return { status: response.status, text: await response.text() };
    } catch (thrown) {
      throw new GatewayUnavailable('paypal', thrown);
    }
  }
}

function isRepeatable(request: PayPalRequest<unknown>): boolean {
  return request.method !== 'POST' || request.requestId !== undefined || request.changesNothing === true;
}

function readAnswer<Answer>(request: PayPalRequest<Answer>, text: string): Answer {
  const parsed = request.answer.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  const message = `PayPal answered ${request.method} ${request.path} in a shape we do not know.`;
  throw new GatewayUnavailable('paypal', new Error(message, { cause: parsed.error }));
}

/** PayPal's error body (developer.paypal.com/api/rest/responses): the issue is what code compares. */
const errorShape = z.object({
  name: z.string().optional(),
  message: z.string().optional(),
  debug_id: z.string().optional(),
  details: z.array(z.object({ issue: z.string().optional(), description: z.string().optional() })).optional(),
});

function refusalOf(request: PayPalRequest<unknown>, answer: { status: number; text: string }): Error {
  const error = errorShape.safeParse(jsonOf(answer.text)).data;
  const detail = error?.details?.[0];
  const code = detail?.issue ?? error?.name ?? null;
  const said = detail?.description ?? error?.message ?? 'no reason given';
  const debugId = error?.debug_id === undefined ? '' : `, debug id ${error.debug_id}`;
  const message = `${said} (${request.method} ${request.path}, ${String(answer.status)}${debugId})`;
  const cause = new Error(message);
  // 409: an earlier request of the same id is still being worked on. 401 comes again only with keys that are wrong.
  const isRefusal = answer.status >= 400 && answer.status < 500 && ![401, 408, 409, 429].includes(answer.status);
  if (!isRefusal) return new GatewayUnavailable('paypal', cause);
  if (answer.status === 404) return new GatewayPaymentMissing('paypal', code, message, cause);
  return new GatewayRefused('paypal', code, message, cause);
}

function jsonOf(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

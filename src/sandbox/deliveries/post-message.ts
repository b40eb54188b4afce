import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Attempt, OutgoingRequest } from './delivery.ts';

const answerBytesMax = 64 * 1024;

/**
 * Posts a message once and tells what came of it; a refused connection or a time-out is an outcome, not an error.
 * Redirects are not followed. `timeoutMs` covers the whole exchange.
 */
export async function postMessage(
  outgoing: OutgoingRequest,
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<Attempt> {
  const at = Date.now();
  try {
    const status = await exchange(outgoing, options);
    return { at, took_ms: Date.now() - at, status, error: null };
  } catch (error) {
    return {
      at,
      took_ms: Date.now() - at,
      status: null,
      error: error instanceof Error ? error.message : String(error),
    };
  }
}

function exchange(outgoing: OutgoingRequest, options: { timeoutMs: number; signal: AbortSignal }): Promise<number> {
  const url = new URL(outgoing.url);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      agent: false,
      signal: options.signal,
      headers: { ...outgoing.headers, 'content-length': Buffer.byteLength(outgoing.body), connection: 'close' },
    });
    const timer = setTimeout(() => {
      request.destroy(new Error(`No answer within ${options.timeoutMs} ms`));
    }, options.timeoutMs);
    request.on('close', () => clearTimeout(timer));
    request.on('error', reject);
    request.on('response', (response) => {
      let received = 0;
      response.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (received > answerBytesMax) request.destroy(new Error('The answer was too long'));
      });
      response.on('error', reject);
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    request.end(outgoing.body);
  });
}

import type { IncomingMessage, ServerResponse } from 'node:http';

const bodyBytesMax = 1024 * 1024;
/** Beyond this the rest is not even read: the client is cut off. */
const drainedBytesMax = 32 * bodyBytesMax;

/**
 * Reads the body of a request as text; undefined when it is longer than 1 MB. What is too long is read to its end and
 * thrown away, since a client that is still sending would not see the answer.
 */
export function readBody(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let received = 0;
    request.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received <= bodyBytesMax) chunks.push(chunk);
      else chunks.length = 0;
      if (received > drainedBytesMax) request.destroy();
    });
    request.on('end', () => resolve(received > bodyBytesMax ? undefined : Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
    request.on('close', () => reject(new Error('The client went away')));
  });
}

export type HttpReply = { status: number; headers: Record<string, string>; body: string };

/** Sends a reply, unless the client has gone. */
export function sendReply(response: ServerResponse, reply: HttpReply): void {
  if (response.destroyed) return;
  response.writeHead(reply.status, { ...reply.headers, 'Content-Length': Buffer.byteLength(reply.body) });
  response.end(reply.body);
}

/** What lets a page of another origin call the API with its publishable key, as Stripe's own API allows. */
export const crossOriginHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, HEAD, POST, DELETE, OPTIONS',
  'Access-Control-Allow-Headers': 'authorization, content-type, idempotency-key, stripe-version, stripe-account',
  'Access-Control-Expose-Headers': 'Request-Id, Stripe-Version, Idempotent-Replayed',
  'Access-Control-Max-Age': '300',
};

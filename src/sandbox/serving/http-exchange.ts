import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

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

/** Takes the query off the target of a request. */
export function targetOf(request: IncomingMessage): { pathname: string; query: string } {
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  if (mark === -1) return { pathname: target, query: '' };
  return { pathname: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** A header that is sent once; the first of several. */
export function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

import type { IncomingMessage } from 'node:http';
import type { ObjectStore, Writer } from '../journal/object-store.ts';
import { type HttpReply, readBody } from '../serving/http-exchange.ts';
import { findRoute } from '../serving/match-path.ts';
import { BadControl, recordFrom } from './faults.ts';

/** Something the simulator can be told; what it returns is the answer. It throws BadControl for what cannot be used. */
export type Control<Kinds> = {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  run: (writer: Writer<Kinds>, body: Record<string, unknown>, id: string) => object;
};

/**
 * Answers a request below `/_sandbox/` once what it changed is on disk. Controls answer no page of another origin: there
 * are no CORS headers, a POST has to be JSON, which such a page cannot send, and the host has to be this machine.
 */
export async function answerControl<Kinds>(
  store: ObjectStore<Kinds>,
  controls: readonly Control<Kinds>[],
  request: IncomingMessage,
  pathname: string,
): Promise<HttpReply> {
  const body = await readBody(request);
  if (body === undefined || !isDeliberate(request)) {
    return reply(403, refusal('Controls take JSON of at most 1 MB, from this machine and not from a page.'));
  }
  const found = findRoute(controls, request.method ?? 'GET', pathname);
  if (!found) return reply(404, refusal(`There is no control ${pathname}`));
  try {
    const parsed = parseBody(body);
    const { result, durable } = store.transact((writer) => found.route.run(writer, parsed, found.path['id'] ?? ''));
    await durable;
    return reply(200, result);
  } catch (error) {
    if (!(error instanceof BadControl)) throw error;
    return reply(400, refusal(error.message));
  }
}

/** A page of any origin can send a POST without a body and without a type, but no JSON and no DELETE. */
function isDeliberate(request: IncomingMessage): boolean {
  const isLocal = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? '');
  const isJson = request.headers['content-type']?.startsWith('application/json') === true;
  // The simulator serves pages itself: they have its own origin.
  const { origin = `http://${request.headers.host ?? ''}` } = request.headers;
  return isLocal && (isJson || request.method !== 'POST') && origin === `http://${request.headers.host ?? ''}`;
}

function parseBody(body: string): Record<string, unknown> {
  if (body.trim() === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new BadControl('The body is not valid JSON');
  }
  return recordFrom(parsed, 'The body');
}

function refusal(message: string): object {
  return { error: { message } };
}

function reply(status: number, body: object): HttpReply {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body, null, 2) };
}

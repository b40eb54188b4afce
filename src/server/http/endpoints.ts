import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions, RouteShorthandOptions } from 'fastify';
import { z } from 'zod';
import { accountActions, platformActions } from '#shared/contract/access.ts';
import { contract } from '#shared/contract/contract.ts';
import type { Endpoint } from '#shared/contract/endpoint.ts';
import type { FieldProblem } from '#shared/contract/problems.ts';
import { proofBytesMax } from '#shared/contract/proofs.ts';
import { type EndpointName, routes } from '#shared/contract/routes.ts';
import type { App } from '#server/flows/app.ts';
import { type Actor, AccountRequired, authorize, Unauthenticated } from '#server/modules/team/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import { resolveActor } from './actor.ts';
import { ValidationFailed } from './problem.ts';
import type { Call, Route } from './route.ts';
import { assertSameOrigin } from './same-origin.ts';

/** How an endpoint is limited beyond the common rate, by name. */
export type EndpointOptions = { readonly [name in EndpointName]?: RouteShorthandOptions };

/**
 * Registers endpoints of the contract: each request is resolved to an actor, checked against what the contract says
 * about access, parsed, handled, and its answer encoded, so that nothing undeclared ever leaves.
 */
export function registerEndpoints(
  server: FastifyInstance,
  app: App,
  implementations: readonly Route[],
  options: EndpointOptions,
): void {
  for (const implementation of implementations) {
    const endpoint: Endpoint = contract[implementation.name];
    const [method, url] = splitRoute(implementation.name);
    const registration = {
      ...options[implementation.name],
      method,
      url,
      handler: async (request: FastifyRequest, reply: FastifyReply) =>
        await handle(app, implementation, endpoint, request, reply),
    };
    if (endpoint.upload === undefined) server.route(registration);
    else takeFiles(server, endpoint.upload, registration);
  }
}

/** Registers an endpoint whose body is a file: read as bytes, of these content types alone, and of no other size. */
function takeFiles(server: FastifyInstance, contentTypes: readonly string[], registration: RouteOptions): void {
  void server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser([...contentTypes], { parseAs: 'buffer' }, (_request, body, parsed) => {
      parsed(null, body);
    });
    // One byte more is read, so that a file that is too large is told in words about files.
    scope.route({ ...registration, bodyLimit: proofBytesMax + 1 });
    done();
  });
}

function splitRoute(name: EndpointName): [method: string, url: string] {
  const [method = '', url = ''] = routes[name].split(' ');
  return [method, url];
}

async function handle(
  app: App,
  implementation: Route,
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const actor = await resolveActor(app, request);
  assertSameOrigin(app, request, actor);
  assertAccess(app, endpoint, actor);
  const body = parse(endpoint.body, request.body, '/body');
  const params = parse(endpoint.params, request.params, '/params');
  const call = {
    params,
    query: parse(endpoint.query, request.query, '/query'),
    body,
    actor,
    idempotencyKey: endpoint.idempotent === true ? idempotencyKeyOf(request) : '',
    // Worked out for those who compare it: the hot path has no need of it. The path is part of what is asked: one key
    // cannot stand for the same body at two addresses.
    get bodyHash() {
      return hashOf(params === undefined ? body : { params, body });
    },
    request,
    reply,
  };
  // The contract and the route share one name, so that the parsed parts are what the handler declares.
  const result: unknown = await implementation.handle(app, call as unknown as Call<EndpointName>);
  if (reply.sent) return reply;
  if (endpoint.binary !== undefined) return result;
  void reply.code(endpoint.status ?? (endpoint.response === undefined ? 204 : 200));
  if (endpoint.response === undefined) return await reply.send();
  return z.encode(endpoint.response, result);
}

function assertAccess(app: App, endpoint: Endpoint, actor: Actor): void {
  const { access } = endpoint;
  if (access === 'public') return;
  if (access === 'sandbox') {
    if (!app.config.sandbox) throw new DomainError('not_found', 'There is nothing at this address.');
    return;
  }
  if (actor.type === 'anonymous') throw new Unauthenticated();
  if (access === 'signed_in') {
    if (actor.type !== 'user') throw new Unauthenticated();
    return;
  }
  const accountAction = accountActions.find((action) => action === access);
  if (accountAction !== undefined) {
    if (actor.account === null) throw new AccountRequired();
    authorize(actor, accountAction);
    return;
  }
  const platformAction = platformActions.find((action) => action === access);
  if (platformAction !== undefined) authorize(actor, platformAction);
}

function parse(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  throw new ValidationFailed(parsed.error.issues.slice(0, 50).flatMap((issue) => fieldProblems(issue, where)));
}

function fieldProblems(issue: z.core.$ZodIssue, where: string): FieldProblem[] {
  const pointer = [where, ...issue.path.map(String)].join('/');
  return [{ pointer, message: wordsOf(issue.message) }];
}

/** The schema library's words as a sentence about the field: “must be a string”, “is missing”. */
function wordsOf(message: string): string {
  const expected = /^Invalid input: expected (\w+), received (\w+)$/.exec(message);
  if (expected !== null)
    return expected[2] === 'undefined'
      ? 'is missing'
      : `must be of type ${expected[1] ?? ''}, not ${expected[2] ?? ''}`;
  return message
    .replace(/^Invalid (\w+):? ?/, 'must be a valid $1 ')
    .replace(/^Too /, 'is too ')
    .replace(/\.$/, '')
    .trim();
}

/** The Idempotency-Key header: 1 to 255 visible characters (draft-ietf-httpapi-idempotency-key-header). */
function idempotencyKeyOf(request: FastifyRequest): string {
  const header = request.headers['idempotency-key'];
  const key = (typeof header === 'string' ? header : '').trim();
  if (key === '') {
    throw new DomainError(
      'idempotency_key_missing',
      'Send an Idempotency-Key header of your own choice, such as a UUID: a retry with the same key is then always safe.',
    );
  }
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new ValidationFailed([
      { pointer: '/headers/Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' },
    ]);
  }
  return key;
}

/** A hash of the body as parsed, so that white space and the order of members make no difference. */
function hashOf(body: unknown): Buffer {
  const canonical = JSON.stringify(body ?? null, (_key, value: unknown) => {
    if (typeof value === 'bigint') return `${value.toString()}n`;
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    }
    return value;
  });
  return createHash('sha256').update(canonical).digest();
}

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Contract, contract } from '#shared/contract/contract.ts';
import type { CallResult, Endpoint } from '#shared/contract/endpoint.ts';
import { Problem } from '#shared/contract/problem.ts';
import { type ProblemCode, problems } from '#shared/contract/problems.ts';
import { type EndpointName, routes } from '#shared/contract/routes.ts';
import { uuidOfPublicId } from '#shared/ids/index.ts';

/** Who makes requests: what is sent with each of them. */
export type Caller = { readonly headers: Readonly<Record<string, string>> };

/** An account and somebody who may do everything in it. */
export type Customer = Caller & {
  /** As the API names it. */
  readonly id: string;
  /** As the database does. */
  readonly accountId: string;
};

/** One request to an endpoint of the contract. */
export type TestRequest = {
  readonly as?: Caller;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  /** The body as it travels, when it is not to be valid JSON. */
  readonly payload?: string | Buffer;
  /** The Idempotency-Key. A new one when left away and the endpoint wants one; none when null. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
};

/** An answer before anything is expected of it. */
export type TestAnswer = {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The cookies a browser would send from now on. */
  readonly cookie: string;
};

/** Calls the endpoints of the contract on a server, with or without a network. */
export type TestClient = {
  call(name: EndpointName, request?: TestRequest): Promise<TestAnswer>;
  /** Calls an endpoint, expects success, and answers the body, which is checked against the contract to the last member. */
  ok<Name extends EndpointName>(name: Name, request?: TestRequest): Promise<CallResult<Contract[Name]>>;
  /** Calls an endpoint and expects this problem; answers it. */
  refused(name: EndpointName, code: ProblemCode, request?: TestRequest): Promise<z.infer<typeof Problem>>;
  /** A new account, made by the product's platform key and used with it. */
  provision(changes?: Record<string, unknown>): Promise<Customer>;
  /** A new user with an account of their own, signed in. */
  signUp(changes?: Record<string, unknown>): Promise<Customer & { readonly email: string; readonly cookie: string }>;
};

/** The password of everybody who signs up in tests. */
export const testPassword = 'correct horse battery';

/** A client of a server; `platform` provisions accounts, `errors` is what the server has logged as such. */
export function testClient(
  server: FastifyInstance,
  { platform, publicUrl, errors }: { platform: Caller; publicUrl: () => string; errors: readonly string[] },
): TestClient {
  const call = (name: EndpointName, request: TestRequest = {}) => inject(server, publicUrl(), name, request);

  async function ok<Name extends EndpointName>(name: Name, request: TestRequest = {}) {
    const answer = await call(name, request);
    if (answer.status === problems.internal_error.status) assert.fail(`${name} failed: ${errors.at(-1) ?? ''}`);
    return checkedBody(name, answer);
  }

  return {
    call,
    ok,
    async refused(name, code, request = {}) {
      return assertProblem(await call(name, request), code);
    },
    async provision(changes = {}) {
      const account = await ok('createAccount', {
        as: platform,
        body: { name: 'Fernwood Studio', country: 'US', billing_email: 'pay@fernwood.example', ...changes },
      });
      return customerOf(account.id, { ...platform.headers, 'purser-account': account.id });
    },
    async signUp(changes = {}) {
      const email = `ada-${randomUUID()}@example.com`;
      const person = { name: 'Ada Lovelace', email, password: testPassword, account_name: 'Engines', country: 'US' };
      const answer = await call('signUp', { body: { ...person, ...changes } });
      if (answer.status === problems.internal_error.status) assert.fail(`signUp failed: ${errors.at(-1) ?? ''}`);
      const { account } = checkedBody('signUp', answer);
      assert.ok(account !== null);
      const { cookie } = answer;
      return { ...customerOf(account.id, { cookie, origin: publicUrl() }), email, cookie };
    },
  };
}

function customerOf(id: string, headers: Record<string, string>): Customer {
  return { id, accountId: uuidOf(id), headers };
}

/** The UUID behind a public id. */
export function uuidOf(id: string): string {
  const uuid = uuidOfPublicId(id.slice(0, 3) as Parameters<typeof uuidOfPublicId>[0], id);
  assert.ok(uuid !== null, `${id} is an id`);
  return uuid;
}

async function inject(
  server: FastifyInstance,
  origin: string,
  name: EndpointName,
  request: TestRequest,
): Promise<TestAnswer> {
  const endpoint: Endpoint = contract[name];
  const [method = '', pattern = ''] = routes[name].split(' ');
  const url = Object.entries(request.params ?? {}).reduce(
    (path, [param, value]) => path.replace(`:${param}`, () => value),
    pattern,
  );
  const key = request.key === undefined && endpoint.idempotent === true ? randomUUID() : request.key;
  const payload = request.payload ?? (request.body === undefined ? undefined : JSON.stringify(request.body));
  const query = Object.entries(request.query ?? {}).map(([param, value]): [string, string] => [param, String(value)]);
  const answer = await server.inject({
    method: method as 'GET' | 'POST' | 'DELETE',
    url: query.length === 0 ? url : `${url}?${new URLSearchParams(query).toString()}`,
    headers: {
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...(typeof key === 'string' ? { 'idempotency-key': key } : {}),
      ...(request.as === undefined ? { origin } : request.as.headers),
      ...request.headers,
    },
    ...(payload === undefined ? {} : { payload }),
  });
  return {
    status: answer.statusCode,
    body: answer.body,
    headers: answer.headers,
    cookie: answer.cookies
      .filter(({ value }) => value !== '')
      .map((cookie) => `${cookie.name}=${cookie.value}`)
      .join('; '),
  };
}

/** The body of a success, which says everything the contract promises and nothing more. */
function checkedBody<Name extends EndpointName>(name: Name, answer: TestAnswer): CallResult<Contract[Name]> {
  const endpoint: Endpoint = contract[name];
  const { response, binary } = endpoint;
  const expected = endpoint.status ?? (response === undefined && binary === undefined ? 204 : 200);
  assert.equal(answer.status, expected, `${name}: ${answer.body}`);
  if (response === undefined) return undefined as CallResult<Contract[Name]>;
  const body: unknown = JSON.parse(answer.body);
  // Decoding and encoding again drops what the contract does not name.
  assert.deepEqual(z.encode(response, z.decode(response, body as never)), body, `${name} answers what it promises`);
  return body as CallResult<Contract[Name]>;
}

/** The problem an answer holds: complete, with this stable code and its status. */
export function assertProblem(answer: TestAnswer, code: ProblemCode): z.infer<typeof Problem> {
  assert.match(String(answer.headers['content-type']), /^application\/problem\+json/, answer.body);
  const problem = Problem.parse(JSON.parse(answer.body));
  const { status, title } = problems[code];
  assert.equal(problem.code, code, answer.body);
  assert.equal(answer.status, status);
  assert.deepEqual(
    { status: problem.status, title: problem.title, type: problem.type },
    { status, title, type: `/docs/problems/${code}` },
  );
  assert.equal(problem.request_id, answer.headers['x-request-id']);
  assert.ok(problem.request_id.length > 0 && problem.detail.length > 0);
  return problem;
}

import type { Contract } from '#shared/contract/contract.ts';
import type { CallArguments, CallResult } from '#shared/contract/endpoint.ts';
import { type EndpointName, routes } from '#shared/contract/routes.ts';
import { ApiProblem, NetworkFailure } from '#web/lib/api-problem.ts';

/** What can be said about a call beside what the contract names. */
export type ApiOptions = {
  /** One key per intent: the same key again answers with what the first request did. */
  idempotencyKey?: string;
  signal?: AbortSignal;
};

/** What a call of an endpoint is given: params, query and body of the contract, and options. */
export type ApiArguments<Name extends EndpointName> = CallArguments<Contract[Name]> & ApiOptions;

/** What an endpoint answers. Amounts and credits are still numbers: `moneyFromWire` and `creditsFromWire` convert. */
export type ApiResult<Name extends EndpointName> = CallResult<Contract[Name]>;

/** The arguments of `api` after the name: optional when the endpoint demands none. */
export type ApiRest<Name extends EndpointName> =
  object extends ApiArguments<Name> ? [args?: ApiArguments<Name>] : [args: ApiArguments<Name>];

type AnyArguments = ApiOptions & {
  params?: Record<string, string>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
};

/**
 * Calls an endpoint of the contract at our own origin.
 * @throws ApiProblem when the server refuses.
 * @throws NetworkFailure when there is no answer.
 */
export async function api<Name extends EndpointName>(name: Name, ...[args]: ApiRest<Name>): Promise<ApiResult<Name>> {
  return callEndpoint(name, args ?? {});
}

/** `api` for those who have arguments whose types were checked before. @throws as `api` does. */
export async function callEndpoint<Name extends EndpointName>(
  name: Name,
  args: AnyArguments,
): Promise<ApiResult<Name>> {
  const response = await send(name, args);
  return resultOf<Name>(response.status, await bodyOf(response));
}

/** What an endpoint's answer holds, from its status and its body. @throws ApiProblem when it is a refusal. */
export function resultOf<Name extends EndpointName>(status: number, body: unknown): ApiResult<Name> {
  if (status < 200 || status >= 300) {
    const problem = new ApiProblem(status, body);
    if (problem.code === 'unauthenticated') sessionEnded();
    throw problem;
  }
  // The server encodes every answer by the schema of this very contract, so the pages trust its shape.
  return body as ApiResult<Name>;
}

/** The address of an endpoint at our own origin, for links and downloads. */
export function endpointUrl(
  name: EndpointName,
  params: Record<string, string> = {},
  query: Record<string, string | number | undefined> = {},
): string {
  const path = pathOf(name).replace(/:(\w+)/g, (_, param: string) => encodeURIComponent(params[param] ?? ''));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(key, String(value));
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

let sessionEnded = (): void => undefined;

/** Registers what happens when the server no longer knows the session. */
export function onSessionEnded(listener: () => void): void {
  sessionEnded = listener;
}

async function send(name: EndpointName, given: AnyArguments): Promise<Response> {
  const headers = new Headers({ accept: 'application/json, application/problem+json' });
  if (given.body !== undefined) headers.set('content-type', 'application/json');
  if (given.idempotencyKey !== undefined) headers.set('idempotency-key', given.idempotencyKey);
  try {
    return await fetch(endpointUrl(name, given.params, given.query), {
      method: methodOf(name),
      headers,
      body: given.body === undefined ? null : JSON.stringify(given.body),
      signal: given.signal ?? null,
    });
  } catch (error) {
    throw failureOf(error);
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    return text !== '' && /[/+]json\b/.test(type) ? JSON.parse(text) : undefined;
  } catch (error) {
    throw failureOf(error);
  }
}

function failureOf(error: unknown): unknown {
  const aborted = error instanceof DOMException && error.name === 'AbortError';
  return aborted ? error : new NetworkFailure(error);
}

function methodOf(name: EndpointName): string {
  return routes[name].slice(0, routes[name].indexOf(' '));
}

function pathOf(name: EndpointName): string {
  return routes[name].slice(routes[name].indexOf(' ') + 1);
}

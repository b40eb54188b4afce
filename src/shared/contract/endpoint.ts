import type { z } from 'zod';
import type { Access } from './access.ts';
import type { ProblemCode } from './problems.ts';

/**
 * One endpoint of the HTTP contract: who may call it, what it takes and answers. From it come the server's checks, the
 * OpenAPI description and the types of the pages' client.
 */
export type Endpoint<
  Params extends z.ZodObject | undefined = z.ZodObject | undefined,
  Query extends z.ZodObject | undefined = z.ZodObject | undefined,
  Body extends z.ZodType | undefined = z.ZodType | undefined,
  Response extends z.ZodType | undefined = z.ZodType | undefined,
> = {
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  readonly access: Access;
  /** Whether the Idempotency-Key header is required: on every POST that creates or moves something. */
  readonly idempotent?: true;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly response?: Response;
  /** The content type of an answer that is not JSON. */
  readonly binary?: 'application/pdf' | 'application/octet-stream';
  /** The content types of a body that is a file. */
  readonly upload?: readonly string[];
  /** A further form the answer can be asked for in. */
  readonly alternative?: 'text/csv';
  /** The status of success; 200 by default, 204 without a response. */
  readonly status?: 200 | 201 | 202 | 204;
  /** Problems this endpoint answers with beyond those every endpoint can. */
  readonly problems?: readonly ProblemCode[];
};

/** Declares an endpoint, keeping the exact types of its parts. */
export function endpoint<
  Params extends z.ZodObject | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Response extends z.ZodType | undefined = undefined,
>(definition: Endpoint<Params, Query, Body, Response>): Endpoint<Params, Query, Body, Response> {
  return definition;
}

type Inside<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type OnTheWire<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;
type Member<Name extends string, Value> = [Value] extends [undefined]
  ? unknown
  : object extends Value
    ? { [name in Name]?: Value }
    : { [name in Name]: Value };

/** What a caller of an endpoint passes: params, query and body as they travel. */
export type CallArguments<E> =
  E extends Endpoint<infer P, infer Q, infer B, infer _R>
    ? Member<'params', OnTheWire<P>> & Member<'query', OnTheWire<Q>> & Member<'body', OnTheWire<B>>
    : never;

/** What a caller of an endpoint gets back, as it travels. */
export type CallResult<E> =
  E extends Endpoint<infer _P, infer _Q, infer _B, infer R> ? (R extends z.ZodType ? z.input<R> : undefined) : never;

/** What the server's handler of an endpoint is given, parsed. */
export type HandlerInput<E> =
  E extends Endpoint<infer P, infer Q, infer B, infer _R>
    ? { params: Inside<P>; query: Inside<Q>; body: Inside<B> }
    : never;

/** What the server's handler of an endpoint answers, before it is encoded. */
export type HandlerOutput<E> =
  E extends Endpoint<infer _P, infer _Q, infer _B, infer R> ? (R extends z.ZodType ? z.output<R> : undefined) : never;

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Contract } from '#shared/contract/contract.ts';
import type { HandlerInput, HandlerOutput } from '#shared/contract/endpoint.ts';
import type { EndpointName } from '#shared/contract/routes.ts';
import type { App } from '#server/flows/app.ts';
import type { Actor } from '#server/modules/team/index.ts';

/** One request to an endpoint: parsed, and allowed. */
export type Call<Name extends EndpointName> = HandlerInput<Contract[Name]> & {
  readonly actor: Actor;
  /** The Idempotency-Key; empty only where the endpoint does not require one. */
  readonly idempotencyKey: string;
  /** SHA-256 over the body as parsed, for comparing a repetition with the first request. */
  readonly bodyHash: Buffer;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
};

/** The implementation of one endpoint of the contract. */
export type Route<Name extends EndpointName = EndpointName> = {
  readonly name: Name;
  // A method, so that routes of different endpoints fit into one list. It answers the reply itself when it has sent a
  // form of the answer that is not the contract's, such as a CSV file.
  handle(app: App, call: Call<Name>): Promise<HandlerOutput<Contract[Name]> | FastifyReply>;
};

/** Implements an endpoint: parse and permission are done when `handle` is called. */
export function route<Name extends EndpointName>(name: Name, handle: Route<Name>['handle']): Route<Name> {
  return { name, handle };
}

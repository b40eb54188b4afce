import type { FastifyRequest } from 'fastify';
import type { App } from '#server/flows/app.ts';
import type { Actor } from '#server/modules/team/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';

/** A write that a browser sends with our cookie, or that sets it, on behalf of a page that is not ours. */
export class ForeignOrigin extends DomainError {
  constructor() {
    super(
      'foreign_origin',
      'The request comes from another site, or does not tell where from. Send an Origin header with the address of this installation, or use an API key.',
    );
  }
}

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses writes that another site makes a browser send: those carried by a session cookie, and those of sign-in, which
 * set it. A browser names the origin of every write, and no page can change what it names. Requests with an API key
 * carry nothing of the browser's own and pass.
 *
 * @throws ForeignOrigin
 */
export function assertSameOrigin(app: App, request: FastifyRequest, actor: Actor): void {
  if (readingMethods.has(request.method)) return;
  const isSignIn = actor.type === 'anonymous' && (request.routeOptions.url ?? '').startsWith('/v1/auth/');
  if ((actor.type === 'user' || isSignIn) && !isSameOrigin(app.publicUrl(), request)) throw new ForeignOrigin();
}

/** Refuses writes that another site makes a browser send to the sandbox's own endpoints. @throws ForeignOrigin */
export function assertOwnPage(app: App, request: FastifyRequest): void {
  const isFromBrowser = request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined;
  if (readingMethods.has(request.method) || !isFromBrowser) return;
  if (!isSameOrigin(app.publicUrl(), request)) throw new ForeignOrigin();
}

function isSameOrigin(publicUrl: string, request: FastifyRequest): boolean {
  const { origin, host } = request.headers;
  if (
    origin !== undefined &&
    (origin === new URL(publicUrl).origin || (host !== undefined && hostOf(origin) === host))
  ) {
    return true;
  }
  const site = request.headers['sec-fetch-site'];
  return site === 'same-origin' || site === 'none';
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

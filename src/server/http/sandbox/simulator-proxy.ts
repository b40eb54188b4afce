import type { FastifyInstance } from 'fastify';
import type { App } from '#server/flows/app.ts';
import { assertOwnPage } from '../same-origin.ts';

/** Longest wait for the simulator, in milliseconds. */
const timeoutMs = 15_000;

/** What travels through to the simulator. */
const passedHeaders = [
  'authorization',
  'content-type',
  'stripe-version',
  'idempotency-key',
  'paypal-request-id',
  'prefer',
] as const;

/**
 * Lets the browser reach a simulator through the app's own origin, below `/sandbox/` and the gateway's name: its script,
 * what the script asks, and its controls. Only registered in sandbox mode, and not at all without a simulator.
 */
export async function simulatorProxy(
  server: FastifyInstance,
  app: App,
  gateway: 'stripe' | 'paypal',
  simulatorUrl: string | null,
): Promise<void> {
  if (simulatorUrl === null) return;
  const prefix = `/sandbox/${gateway}`;
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 1_048_576 }, (_request, body, done) => {
      done(null, body);
    });
    scope.route<{ Params: { '*': string } }>({
      method: ['GET', 'POST', 'DELETE'],
      url: `${prefix}/*`,
      config: { rateLimit: false },
      handler: async (request, reply) => {
        assertOwnPage(app, request);
        const target = new URL(request.url.slice(prefix.length), simulatorUrl);
        // A path such as //host/ would lead anywhere.
        if (target.origin !== new URL(simulatorUrl).origin) return reply.callNotFound();
        const headers = passedHeaders.flatMap((name): [string, string][] => {
          const value = request.headers[name];
          return typeof value === 'string' ? [[name, value]] : [];
        });
        const body = Buffer.isBuffer(request.body) && request.body.length > 0 ? new Uint8Array(request.body) : null;
        const answer = await fetch(target, {
          redirect: 'manual',
          method: request.method,
          headers,
          body,
          signal: AbortSignal.timeout(timeoutMs),
        });
        for (const name of ['content-type', 'request-id', 'cache-control', 'location']) {
          const value = answer.headers.get(name);
          if (value !== null) void reply.header(name, value);
        }
        return await reply.code(answer.status).send(Buffer.from(await answer.arrayBuffer()));
      },
    });
  });
}

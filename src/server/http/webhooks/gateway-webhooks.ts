import type { FastifyInstance } from 'fastify';
import { receiveGatewayEvent } from '#server/flows/webhooks/receive-gateway-event.ts';
import type { App } from '#server/flows/app.ts';

/** A webhook is at most this large; those of the gateways are a few kilobytes. */
const webhookBytesMax = 1_048_576;

/**
 * The webhooks of the gateways: the raw bytes are verified and stored, the gateway gets its 200, and a job does the rest.
 * A gateway whose webhooks are switched off answers 404, and everything converges by asking instead.
 */
export async function gatewayWebhooks(server: FastifyInstance, app: App): Promise<void> {
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: webhookBytesMax }, (_request, body, done) => {
      done(null, body);
    });
    for (const gateway of ['stripe', 'paypal'] as const) {
      scope.post(`/v1/billing/webhooks/${gateway}/`, { config: { rateLimit: false } }, async (request, reply) => {
        if (!takesWebhooks(app, gateway)) return reply.callNotFound();
        const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const isNew = await receiveGatewayEvent(app, { gateway, rawBody, headers: request.headers });
        return { received: true, duplicate: !isNew };
      });
    }
  });
}

/** Those of Stripe can be switched off; PayPal's are believed only where the id of our webhook is known. */
function takesWebhooks({ config, gateways }: App, gateway: 'stripe' | 'paypal'): boolean {
  if (!gateways.has(gateway)) return false;
  return gateway === 'stripe' ? config.stripeWebhooks : config.paypal === null || config.paypal.webhookId !== null;
}

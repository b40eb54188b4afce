import { storeGatewayEvent } from '#server/modules/inbox/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { gatewayOf } from '../steps/ask-gateway.ts';
import { enqueueJob } from '../job-queues.ts';

/** A webhook request, untouched. */
export type WebhookRequest = {
  readonly gateway: string;
  readonly rawBody: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

/**
 * Takes in a webhook: the signature over the raw body first, then the event and the job that processes it in one
 * transaction, once per event. Answers whether the event was new.
 *
 * @throws WebhookSignatureInvalid
 */
export async function receiveGatewayEvent(app: App, request: WebhookRequest): Promise<boolean> {
  const gateway = gatewayOf(app, request.gateway);
  const verified = await gateway.verifyWebhook(request.rawBody, request.headers, app.clock.wall());
  const isNew = await inTransaction(app, 'system', async (tx) => {
    const eventId = await storeGatewayEvent(tx, app, {
      gateway: request.gateway,
      gatewayEventId: verified.eventId,
      type: verified.type,
      payload: request.rawBody,
    });
    if (eventId !== null) await enqueueJob(app, tx, 'process-gateway-event', { eventId });
    return eventId !== null;
  });
  app.failpoint('event-stored');
  return isNew;
}

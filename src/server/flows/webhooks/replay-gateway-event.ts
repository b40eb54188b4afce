import { appendAudit } from '#server/modules/audit/index.ts';
import { type GatewayEvent, gatewayEventById } from '#server/modules/inbox/index.ts';
import { type Actor, authorize } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { enqueueJob } from '../job-queues.ts';

/** Has a stored event processed once more; the end is the same, however often. @throws NotFound */
export async function replayGatewayEvent(app: App, actor: Actor, eventId: string): Promise<GatewayEvent> {
  authorize(actor, 'gateway_events.replay');
  return await inTransaction(app, 'system', async (tx) => {
    const event = await gatewayEventById(tx, eventId);
    await appendAudit(tx, app, {
      accountId: null,
      actor,
      action: 'gateway_event.replayed',
      subjectType: 'gateway_event',
      subjectId: eventId,
      details: { gateway: event.gateway, type: event.type },
    });
    await enqueueJob(app, tx, 'process-gateway-event', { eventId });
    return event;
  });
}

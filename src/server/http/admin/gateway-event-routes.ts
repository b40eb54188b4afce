import { replayGatewayEvent } from '#server/flows/webhooks/replay-gateway-event.ts';
import { type GatewayEvent, listGatewayEvents } from '#server/modules/inbox/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { instantPositionOf, pageFrom } from '../cursor.ts';
import { route, type Route } from '../route.ts';

const listGatewayEventsRoute = route('listGatewayEvents', async (app, { query }) => {
  const position = instantPositionOf(query.cursor);
  // Staff see the events of every account.
  const events = await inRead(app, 'system', (db) =>
    listGatewayEvents(db, {
      status: query.status,
      limit: query.limit,
      after: position === undefined ? undefined : { receivedAt: position.at, id: position.id },
    }),
  );
  return pageFrom(events, query.limit, presentGatewayEvent, (event) => ({
    key: event.receivedAt.toISOString(),
    id: event.id,
  }));
});

const replayGatewayEventRoute = route('replayGatewayEvent', async (app, { actor, params }) =>
  presentGatewayEvent(await replayGatewayEvent(app, actor, params.id)),
);

/** What staff do with received webhooks. */
export const gatewayEventRoutes: readonly Route[] = [listGatewayEventsRoute, replayGatewayEventRoute];

function presentGatewayEvent(event: GatewayEvent) {
  return {
    id: event.id,
    gateway: event.gateway,
    gateway_event_id: event.gatewayEventId,
    type: event.type,
    status: event.status,
    outcome: event.outcome,
    attempts: event.attempts,
    received_at: event.receivedAt,
    processed_at: event.processedAt,
  };
}

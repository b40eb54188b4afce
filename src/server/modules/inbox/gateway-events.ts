import type { Selectable } from 'kysely';
import type { Database, Db, Tx } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import type { Source } from '#server/platform/ids/index.ts';

/** What became of an event we received. */
export type GatewayEventStatus = 'received' | 'processed' | 'ignored' | 'failed';

/** A webhook as it came, and what became of it. */
export type GatewayEvent = {
  readonly id: string;
  readonly gateway: string;
  readonly gatewayEventId: string;
  readonly type: string;
  readonly payload: Buffer;
  readonly status: GatewayEventStatus;
  readonly outcome: string | null;
  readonly attempts: number;
  readonly receivedAt: Date;
  readonly processedAt: Date | null;
};

/** Stores an event once: answers its id, or null when the gateway had sent it before. */
export async function storeGatewayEvent(
  tx: Tx,
  source: Source,
  event: { readonly gateway: string; readonly gatewayEventId: string; readonly type: string; readonly payload: Buffer },
): Promise<string | null> {
  const row = await tx
    .insertInto('gateway_events')
    .values({
      id: source.ids.next(),
      gateway: event.gateway,
      gateway_event_id: event.gatewayEventId,
      type: event.type,
      payload: event.payload,
      status: 'received',
      attempts: 0,
      received_at: source.clock.now(),
    })
    .onConflict((conflict) => conflict.columns(['gateway', 'gateway_event_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Writes down what became of an event, in a sentence. */
export async function recordOutcome(
  tx: Tx,
  id: string,
  status: Exclude<GatewayEventStatus, 'received'>,
  outcome: string,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('gateway_events')
    .set((set) => ({ status, outcome: outcome.slice(0, 1_000), attempts: set('attempts', '+', 1), processed_at: now }))
    .where('id', '=', id)
    .execute();
}

const columns = [
  'id',
  'gateway',
  'gateway_event_id',
  'type',
  'payload',
  'status',
  'outcome',
  'attempts',
  'received_at',
  'processed_at',
] as const;

/** One stored event. @throws NotFound */
export async function gatewayEventById(db: Db, id: string): Promise<GatewayEvent> {
  const row = await db.selectFrom('gateway_events').select(columns).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound('event');
  return fromRow(row);
}

/** Stored events, newest first, one more than `limit` when there are more. */
export async function listGatewayEvents(
  db: Db,
  filter: {
    readonly status?: GatewayEventStatus | undefined;
    readonly limit: number;
    readonly after?: { readonly receivedAt: Date; readonly id: string } | undefined;
  },
): Promise<GatewayEvent[]> {
  let query = db.selectFrom('gateway_events').select(columns);
  if (filter.status !== undefined) query = query.where('status', '=', filter.status);
  if (filter.after !== undefined) {
    const { receivedAt, id } = filter.after;
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('received_at', 'id'), '<', tuple(receivedAt, id)));
  }
  const rows = await query
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
  return rows.map(fromRow);
}

function fromRow(row: Pick<Selectable<Database['gateway_events']>, (typeof columns)[number]>): GatewayEvent {
  return {
    id: row.id,
    gateway: row.gateway,
    gatewayEventId: row.gateway_event_id,
    type: row.type,
    payload: row.payload,
    status: row.status as GatewayEventStatus,
    outcome: row.outcome,
    attempts: row.attempts,
    receivedAt: row.received_at,
    processedAt: row.processed_at,
  };
}

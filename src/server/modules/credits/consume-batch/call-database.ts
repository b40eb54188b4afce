import type { Pool } from '#server/platform/db/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import { type ConsumeOutcome, consumeRefusals, type ConsumeRequest } from './consume-request.ts';

/** A row of `purser.consumption`. */
type Row = {
  readonly position: number;
  readonly status: string;
  readonly entry_id: string;
  readonly units: bigint;
  readonly available: bigint;
  readonly held: bigint;
  readonly cost_id: string;
  readonly occurred_at: Date;
};

const statement = `select position, status, entry_id, units, available, held, cost_id, occurred_at
  from purser.consume_batch($1::timestamptz, $2::json, false)`;

/** The bound is set before the function waits: its argument comes from there. */
const waitingStatement = `select position, status, entry_id, units, available, held, cost_id, occurred_at
  from (select set_config('lock_timeout', $3::text, true) as bound) patience
    cross join lateral purser.consume_batch($1::timestamptz, $2::json, patience.bound is not null)`;

/**
 * Has the database judge requests, all in one statement that is its own transaction: committed when this returns. The
 * function takes system scope, because the requests are of many accounts. Answers an outcome for each, in their order;
 * null for those whose account somebody else has locked.
 *
 * @param waitMs how long to wait for accounts that are locked, after which the database refuses all of it (55P03); null
 *   for not at all
 */
export async function callDatabase(
  pool: Pool,
  source: Source,
  requests: readonly ConsumeRequest[],
  waitMs: number | null,
): Promise<(ConsumeOutcome | null)[]> {
  const rows = requests.map((request, position) => ({
    position,
    id: source.ids.next(),
    account: request.accountId,
    key: request.key,
    operation: request.operation,
    variant: request.variant,
    quantity: request.quantity.toString(),
    site: request.siteId,
    user: request.userId,
    reference: request.reference,
    metadata: request.metadata,
    actor_type: request.actor.type,
    actor: request.actor.id,
    request: request.requestId ?? null,
  }));
  const values = [source.clock.now(), JSON.stringify(rows)];
  const answer =
    waitMs === null
      ? await pool.pg.query<Row>(statement, values)
      : await pool.pg.query<Row>(waitingStatement, [...values, `${String(waitMs)}ms`]);
  const outcomes = new Map(answer.rows.map((row) => [row.position, row.status === 'busy' ? null : outcomeFrom(row)]));
  return requests.map((_, position) => {
    const outcome = outcomes.get(position);
    if (outcome === undefined) throw new Error('The database left a request unanswered.');
    return outcome;
  });
}

function outcomeFrom(row: Row): ConsumeOutcome {
  if (row.status === 'done' || row.status === 'replayed') {
    return {
      status: 'consumed',
      consumed: {
        entryId: row.entry_id,
        units: row.units,
        available: row.available,
        held: row.held,
        costId: row.cost_id,
        occurredAt: row.occurred_at,
      },
    };
  }
  if (row.status === 'insufficient') return { status: 'insufficient', required: row.units, balance: row.available };
  const refusal = consumeRefusals.find((known) => known === row.status);
  if (refusal === undefined) throw new Error(`There is no outcome ${row.status}.`);
  return { status: refusal };
}

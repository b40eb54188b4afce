import type { PoolConfig } from 'pg';
import { callDatabase } from '#server/modules/credits/consume-batch/call-database.ts';
import type { ConsumeBatch } from '#server/modules/credits/index.ts';
import { openPool } from '#server/platform/db/index.ts';
import type { Source } from '#server/platform/ids/index.ts';

/** The connections of the design that is compared with, as many as the product's own pool has. */
const connectionsMax = 16;

/** How long one transaction waits for another of the same account, in milliseconds. */
const waitMs = 60_000;

/**
 * What the batches are compared with: each request in a transaction of its own, as many at a time as there are
 * connections. The same SQL, and nothing else of the product changed.
 */
export function consumeOneByOne(connection: PoolConfig, source: Source): ConsumeBatch {
  const pool = openPool(connection, connectionsMax);
  return {
    async consume(request) {
      const [outcome] = await callDatabase(pool, source, [request], waitMs);
      if (outcome == null) throw new Error('The database left a request unanswered.');
      return outcome;
    },
  };
}

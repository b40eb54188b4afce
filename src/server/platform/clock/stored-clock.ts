import { sql } from 'kysely';
import type { Db, Tx } from '../db/index.ts';

/** The offset every process of this database shares, in milliseconds. */
export async function readClockOffset(db: Db): Promise<number> {
  const row = await db.selectFrom('clock').select('offset_ms').executeTakeFirstOrThrow();
  return Number(row.offset_ms);
}

/** Moves the shared offset forward to `offsetMs`; the database refuses a smaller one. */
export async function writeClockOffset(tx: Tx, offsetMs: number): Promise<void> {
  await tx
    .updateTable('clock')
    .set({ offset_ms: sql`greatest(offset_ms, ${offsetMs}::bigint)` })
    .execute();
}

import { sql } from 'kysely';
import { checkInvariants, type InvariantResult } from '#server/modules/reports/index.ts';
import { inRead, type Pool } from '#server/platform/db/index.ts';

/**
 * Checks every invariant of the books in one consistent read, which neither waits for the running Purser nor keeps it
 * waiting. `tell` is given each result as it comes. Answers whether all of them hold.
 */
export async function verifyBooks(
  app: { readonly pool: Pool },
  tell: (result: InvariantResult) => void,
): Promise<boolean> {
  // The invariants are about all accounts.
  return await inRead(app, 'system', async (db) => {
    // Reading ten million entries takes longer than any request may; memory for sorting is given, and bounded.
    await sql`set local statement_timeout = 0`.execute(db);
    await sql`set local work_mem = '64MB'`.execute(db);
    let holds = true;
    for await (const result of checkInvariants(db)) {
      tell(result);
      holds &&= result.problems === 0n;
    }
    return holds;
  });
}

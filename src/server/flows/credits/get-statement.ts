import { accountById } from '#server/modules/accounts/index.ts';
import { type Operation, operationByCode, operationsByIds } from '#server/modules/catalog/index.ts';
import { type EntryFilter, type LedgerEntry, listEntries } from '#server/modules/credits/index.ts';
import { type Actor, accountIdOf, authorize } from '#server/modules/team/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';

/** Which part of the statement is asked for. */
export type StatementFilter = Omit<EntryFilter, 'accountId' | 'timeZone' | 'operationId'> & {
  /** The code of an operation. */
  readonly operation: string | undefined;
};

/** Entries, newest first, one more than asked for when there are more, and the operations they name. */
export type Statement = {
  readonly entries: readonly LedgerEntry[];
  readonly operations: ReadonlyMap<string, Operation>;
};

/** The statement of the account, its dates on the account's calendar. */
export async function getStatement(app: App, actor: Actor, filter: StatementFilter): Promise<Statement> {
  authorize(actor, 'usage.read');
  const accountId = accountIdOf(actor);
  const { operation, ...rest } = filter;
  return await inRead(app, { account: accountId }, async (db) => {
    const { timeZone } = await accountById(db, accountId);
    const wanted = operation === undefined ? undefined : await operationByCode(db, operation);
    // What was never offered was never used.
    if (wanted === null) return { entries: [], operations: new Map() };
    const entries = await listEntries(db, { ...rest, accountId, timeZone, operationId: wanted?.id });
    const used = entries.flatMap((entry) => (entry.use === null ? [] : [entry.use.operationId]));
    return { entries, operations: await operationsByIds(db, used) };
  });
}

import { accountApiKey } from '#server/modules/accounts/index.ts';
import { costById, type Operation, type OperationCost, operationsByIds } from '#server/modules/catalog/index.ts';
import {
  type EntryLot,
  entryById,
  entryByReason,
  type Hold,
  holdById,
  type LedgerActor,
  type LedgerEntry,
  lotsOfEntry,
} from '#server/modules/credits/index.ts';
import { type BilledLine, billedLines } from '#server/modules/invoices/index.ts';
import { type Payment, paymentsOfInvoices } from '#server/modules/payments/index.ts';
import { type Actor, accountIdOf, authorize, isAllowed } from '#server/modules/team/index.ts';
import { type Db, inRead } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';

/** A lot an entry filled or drew from, and what the lot goes back to. */
export type ExplainedLot = EntryLot & {
  /** Why staff gave it. */
  readonly reason: string | null;
  /** The invoice line that granted it, and what paid for it; null when it was not bought, or must not be seen. */
  readonly line: BilledLine | null;
  readonly payment: Payment | null;
};

/** Everything an entry goes back to. */
export type Explanation = {
  readonly entry: LedgerEntry;
  readonly operations: ReadonlyMap<string, Operation>;
  readonly cost: OperationCost | null;
  readonly lots: readonly ExplainedLot[];
  readonly hold: Hold | null;
  /** The name of the user or the account's key who made it; null for staff, the platform and the system. */
  readonly actorName: string | null;
};

/**
 * Why an entry of the account exists. Invoices and payments behind its lots are told to those who may see them.
 *
 * @throws NotFound
 */
export async function explainEntry(app: App, actor: Actor, entryId: string): Promise<Explanation> {
  authorize(actor, 'usage.read');
  const accountId = accountIdOf(actor);
  const found = await inRead(app, { account: accountId }, async (db) => {
    const entry = await entryById(db, accountId, entryId);
    const lots = await lotsOfEntry(db, entry.id);
    return {
      entry,
      operations: await operationsByIds(db, entry.use === null ? [] : [entry.use.operationId]),
      cost: entry.use === null ? null : await costById(db, entry.use.costId),
      hold: entry.holdId === null ? null : await holdById(db, accountId, entry.holdId),
      lots: await explainLots(db, accountId, lots, isAllowed(actor, 'invoices.read')),
      keyName: entry.actor.type === 'account_key' ? await keyName(db, accountId, entry.actor) : null,
    };
  });
  const { keyName: name, ...explanation } = found;
  return { ...explanation, actorName: name ?? (await userName(app, found.entry.actor)) };
}

async function explainLots(
  db: Db,
  accountId: string,
  lots: readonly EntryLot[],
  withInvoices: boolean,
): Promise<ExplainedLot[]> {
  const lineIds = lots.flatMap((lot) =>
    lot.sourceType === 'invoice_line' && lot.sourceId !== null ? [lot.sourceId] : [],
  );
  const lines = withInvoices ? await billedLines(db, accountId, lineIds) : new Map<string, BilledLine>();
  const invoiceIds = [...new Set([...lines.values()].map((line) => line.invoiceId))];
  const payments = await paymentsOfInvoices(db, invoiceIds);
  const explained: ExplainedLot[] = [];
  for (const lot of lots) {
    const line = lines.get(lot.sourceId ?? '') ?? null;
    const paid = line === null ? [] : (payments.get(line.invoiceId) ?? []);
    explained.push({
      ...lot,
      reason: await reasonOf(db, accountId, lot),
      line,
      payment: paid.find((payment) => payment.status === 'succeeded') ?? null,
    });
  }
  return explained;
}

async function reasonOf(db: Db, accountId: string, lot: EntryLot): Promise<string | null> {
  if (lot.sourceType !== 'adjustment' || lot.sourceId === null) return null;
  return (await entryByReason(db, accountId, `adjustment:${lot.sourceId}`))?.reason ?? null;
}

async function keyName(db: Db, accountId: string, actor: LedgerActor): Promise<string | null> {
  return actor.id === null ? null : (await accountApiKey(db, accountId, actor.id)).name;
}

async function userName(app: App, actor: LedgerActor): Promise<string | null> {
  if (actor.type !== 'user' || actor.id === null) return null;
  return (await app.identity.userById(actor.id))?.name ?? null;
}

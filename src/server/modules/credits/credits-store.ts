import type { Tx } from '#server/platform/db/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import type { CreditBalance, Grant } from './credit-lots.ts';

/** Gives a new account its empty balance; once per account. */
export async function openCreditBalance(tx: Tx, accountId: string): Promise<void> {
  await tx
    .insertInto('credit_balances')
    .values({ account_id: accountId, available: 0n, held: 0n })
    .onConflict((conflict) => conflict.column('account_id').doNothing())
    .execute();
}

/**
 * Grants credits as a lot, exactly once per reason: the second grant for a reason changes nothing and answers false.
 * The balance row is locked first, so that grants and spending of one account happen one after the other.
 */
export async function grantCredits(tx: Tx, source: Source, grant: Grant): Promise<boolean> {
  const balance = await lockBalance(tx, grant.accountId);
  if (await reasonExists(tx, grant)) return false;
  const now = source.clock.now();
  const lotId = source.ids.next();
  const entryId = source.ids.next();
  const available = balance.available + grant.units;
  await tx
    .insertInto('credit_lots')
    .values({
      id: lotId,
      account_id: grant.accountId,
      kind: grant.kind,
      units: grant.units,
      remaining: grant.units,
      expires_at: grant.expiresAt,
      source_type: grant.sourceType,
      source_id: grant.sourceId,
      granted_at: now,
    })
    .execute();
  await tx
    .insertInto('ledger_entries')
    .values({
      id: entryId,
      account_id: grant.accountId,
      kind: 'grant',
      debit_account: 'counter',
      credit_account: 'available',
      units: grant.units,
      available_after: available,
      held_after: balance.held,
      reason_key: grant.reasonKey,
      details: JSON.stringify({ lot_kind: grant.kind, source_type: grant.sourceType, source_id: grant.sourceId }),
      actor_type: grant.actorType,
      actor_id: grant.actorId,
      occurred_at: now,
    })
    .execute();
  await tx
    .insertInto('ledger_entry_lots')
    .values({ entry_id: entryId, lot_id: lotId, account_id: grant.accountId, units: grant.units })
    .execute();
  await tx.updateTable('credit_balances').set({ available }).where('account_id', '=', grant.accountId).execute();
  return true;
}

async function lockBalance(tx: Tx, accountId: string): Promise<CreditBalance> {
  return await tx
    .selectFrom('credit_balances')
    .select(['available', 'held'])
    .where('account_id', '=', accountId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}

async function reasonExists(tx: Tx, grant: Grant): Promise<boolean> {
  const row = await tx
    .selectFrom('ledger_entries')
    .select('id')
    .where('account_id', '=', grant.accountId)
    .where('reason_key', '=', grant.reasonKey)
    .executeTakeFirst();
  return row !== undefined;
}

import type { Db, Tx } from './scope.ts';

/** What a database is for: simulated payments, or the gateways' real test or live mode. */
export type InstallationMode = 'sandbox' | 'test' | 'live';

/** What was written down about a database at its first start. */
export type Installation = { readonly mode: InstallationMode; readonly samplesUnfinished: boolean };

/** What the database is for; null before its first start. */
export async function installationOf(db: Db): Promise<Installation | null> {
  const row = await db.selectFrom('installation').select(['mode', 'samples_unfinished']).executeTakeFirst();
  if (row === undefined) return null;
  const mode = row.mode === 'sandbox' || row.mode === 'test' ? row.mode : 'live';
  return { mode, samplesUnfinished: row.samples_unfinished };
}

/** Writes down what an unused database is for; the first answer stays. */
export async function markInstallation(tx: Tx, mode: InstallationMode, now: Date): Promise<void> {
  await tx
    .insertInto('installation')
    .values({ mode, samples_unfinished: false, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Writes down that sample data is being made, or is complete. */
export async function markSamples(tx: Tx, isUnfinished: boolean): Promise<void> {
  await tx.updateTable('installation').set({ samples_unfinished: isUnfinished }).execute();
}

import type { Db, Tx } from '#server/platform/db/index.ts';

/** What an account wants to be told about its credits. */
export type CreditAlertSettings = {
  /** Told when less than this can be spent, in whole credits; null for never. */
  readonly lowBalanceCredits: bigint | null;
  /** Whether it is told at 50, 80 and 100 per cent of the credits its plan includes. */
  readonly tellsIncludedUse: boolean;
};

/** The settings of an account; the usual ones when it has never set any. */
export async function creditAlertSettingsOf(db: Db, accountId: string): Promise<CreditAlertSettings> {
  const row = await db
    .selectFrom('credit_alert_settings')
    .select(['low_balance_credits', 'tells_included_use'])
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (row === undefined) return { lowBalanceCredits: null, tellsIncludedUse: true };
  return { lowBalanceCredits: row.low_balance_credits, tellsIncludedUse: row.tells_included_use };
}

/** Keeps the settings of an account. `updatedBy` is the user, or null for a key. */
export async function saveCreditAlertSettings(
  tx: Tx,
  accountId: string,
  settings: CreditAlertSettings,
  update: { readonly updatedBy: string | null; readonly now: Date },
): Promise<void> {
  const values = {
    low_balance_credits: settings.lowBalanceCredits,
    tells_included_use: settings.tellsIncludedUse,
    updated_by: update.updatedBy,
    updated_at: update.now,
  };
  await tx
    .insertInto('credit_alert_settings')
    .values({ account_id: accountId, ...values })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
    .execute();
}

import { appendAudit } from '#server/modules/audit/index.ts';
import { creditAlertSettingsOf, saveCreditAlertSettings } from '#server/modules/credits/index.ts';
import { type Actor, accountIdOf, authorize } from '#server/modules/team/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { lookAtBalance, watchBalance } from '../steps/look-at-balance.ts';
import { lookAtIncluded } from '../steps/look-at-included.ts';

/** What is to be changed; what is left away stays. */
export type CreditAlertsChange = {
  /** Whole credits; null switches the alert off. */
  readonly lowBalanceCredits?: bigint | null;
  readonly tellsIncludedUse?: boolean;
};

/**
 * Changes what the account is told about its credits. What had happened before is told by the old settings; what lies
 * behind the new ones already is not told, since whoever sets them is looking at it.
 */
export async function changeCreditAlerts(
  app: App,
  actor: Actor,
  change: CreditAlertsChange,
  requestId: string,
): Promise<void> {
  authorize(actor, 'credit_alerts.manage');
  const accountId = accountIdOf(actor);
  await inTransaction(app, { account: accountId }, async (tx) => {
    const { available } = await lookAtBalance(app, tx, accountId);
    await lookAtIncluded(app, tx, accountId);
    const settings = { ...(await creditAlertSettingsOf(tx, accountId)), ...change };
    const updatedBy = actor.type === 'user' ? actor.id : null;
    await saveCreditAlertSettings(tx, accountId, settings, { updatedBy, now: app.clock.now() });
    await watchBalance(tx, accountId, available);
    await appendAudit(tx, app, {
      accountId,
      actor,
      action: 'credits.alerts_changed',
      subjectType: 'account',
      subjectId: accountId,
      details: {
        low_balance_threshold: settings.lowBalanceCredits?.toString() ?? null,
        included_alerts: settings.tellsIncludedUse,
      },
      requestId,
    });
  });
}

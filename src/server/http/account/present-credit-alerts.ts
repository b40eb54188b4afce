import type { Contract } from '#shared/contract/contract.ts';
import type { HandlerOutput } from '#shared/contract/endpoint.ts';
import type { App } from '#server/flows/app.ts';
import { accountById } from '#server/modules/accounts/index.ts';
import {
  type CreditAlert,
  creditAlertSettingsOf,
  creditBalanceOf,
  includedLots,
  includedMilestones,
  includedUse,
  lastCreditAlert,
} from '#server/modules/credits/index.ts';
import { inRead } from '#server/platform/db/index.ts';

/** What an account is told about its credits, and how they stand. */
export async function presentCreditAlerts(
  app: App,
  accountId: string,
): Promise<HandlerOutput<Contract['getCreditAlerts']>> {
  const { account, settings, balance, lots, last } = await inRead(app, { account: accountId }, async (db) => ({
    account: await accountById(db, accountId),
    settings: await creditAlertSettingsOf(db, accountId),
    balance: await creditBalanceOf(db, accountId),
    lots: await includedLots(db, accountId, app.clock.now()),
    last: await lastCreditAlert(db, accountId),
  }));
  const threshold = settings.lowBalanceCredits;
  return {
    low_balance_threshold: threshold,
    available: balance.available,
    is_below: threshold !== null && balance.available < threshold,
    included:
      lots.length === 0
        ? null
        : { alerts_on: settings.tellsIncludedUse, ...includedUse(lots), milestones: [...includedMilestones] },
    recipient: account.billingEmail,
    last_alert: last === null ? null : presentAlert(last),
  };
}

function presentAlert({ subject, happenedAt }: CreditAlert): HandlerOutput<Contract['getCreditAlerts']>['last_alert'] {
  switch (subject.kind) {
    case 'low_balance': {
      const { kind, threshold, available } = subject;
      return { kind, happened_at: happenedAt, threshold, available, percent: null };
    }
    case 'included_used': {
      const { kind, percent } = subject;
      return { kind, happened_at: happenedAt, threshold: null, available: null, percent };
    }
    case 'top_up_failed':
    case 'top_up_cap_reached':
      return null;
  }
}

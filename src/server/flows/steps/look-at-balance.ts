import { calendarDateIn } from '#shared/time/index.ts';
import { accountById } from '#server/modules/accounts/index.ts';
import {
  creditAlertSettingsOf,
  hasFallenBelow,
  lockWatchedBalance,
  newestLotId,
  quietRange,
  setQuietRange,
  type WatchedBalance,
} from '#server/modules/credits/index.ts';
import { autoTopUpOf } from '#server/modules/payments/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { enqueueJob } from '../job-queues.ts';
import { tellOfCredits } from './tell-of-credits.ts';

/**
 * Acts on every threshold the balance has fallen below since it was last looked at, and sets the range in which nobody
 * has to look again. The balance is locked, so that one crossing is acted on once. Also called before a threshold
 * changes, so that no crossing of the old one is lost.
 */
export async function lookAtBalance(app: App, tx: Tx, accountId: string): Promise<WatchedBalance> {
  const watched = await lockWatchedBalance(tx, accountId);
  const { lowBalance, topUp } = await thresholdsOf(tx, accountId);
  if (lowBalance !== null && hasFallenBelow(watched, lowBalance)) {
    await tellOfLowBalance(app, tx, accountId, lowBalance, watched.available);
  }
  if (topUp !== null && hasFallenBelow(watched, topUp)) await enqueueJob(app, tx, 'top-up-credits', { accountId });
  await watchBalance(tx, accountId, watched.available);
  return watched;
}

/** Watches the locked balance by the thresholds as they are now; none of them counts as crossed by being set. */
export async function watchBalance(tx: Tx, accountId: string, available: bigint): Promise<void> {
  const { lowBalance, topUp } = await thresholdsOf(tx, accountId);
  const thresholds = [lowBalance, topUp].filter((threshold) => threshold !== null);
  await setQuietRange(tx, accountId, quietRange(available, thresholds));
}

async function thresholdsOf(tx: Tx, accountId: string): Promise<{ lowBalance: bigint | null; topUp: bigint | null }> {
  const settings = await creditAlertSettingsOf(tx, accountId);
  const autoTopUp = await autoTopUpOf(tx, accountId);
  return {
    lowBalance: settings.lowBalanceCredits,
    topUp: autoTopUp?.isOn === true ? autoTopUp.thresholdCredits : null,
  };
}

/**
 * Once per threshold, calendar month and newest lot: the balance must have been at the threshold again, and credits
 * have been added or the month have ended, before it is told again. Holds that come and go tell nobody twice.
 */
async function tellOfLowBalance(
  app: App,
  tx: Tx,
  accountId: string,
  threshold: bigint,
  available: bigint,
): Promise<void> {
  const account = await accountById(tx, accountId);
  const month = calendarDateIn(app.clock.now(), account.timeZone).slice(0, 7);
  const lotId = (await newestLotId(tx, accountId)) ?? 'none';
  const reasonKey = `low_balance:${String(threshold)}:${month}:${lotId}`;
  await tellOfCredits(app, tx, accountId, reasonKey, { kind: 'low_balance', threshold, available });
}

import {
  creditAlertSettingsOf,
  includedLots,
  includedUse,
  milestoneReached,
  nextLooks,
  setNextLooks,
} from '#server/modules/credits/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { tellOfCredits } from './tell-of-credits.ts';

/**
 * Tells the account when 50, 80 or 100 per cent of what its plan includes is spent, each once per period: until the
 * oldest lot of the plan has expired. Of milestones passed at once only the greatest is told. The balance is locked.
 */
export async function lookAtIncluded(app: App, tx: Tx, accountId: string): Promise<void> {
  const now = app.clock.now();
  const lots = await includedLots(tx, accountId, now);
  const [oldest] = lots;
  const use = includedUse(lots);
  const percent = milestoneReached(use);
  const { tellsIncludedUse } = await creditAlertSettingsOf(tx, accountId);
  if (oldest !== undefined && percent !== null && tellsIncludedUse) {
    const reasonKey = `included_used:${oldest.id}:${String(percent)}`;
    await tellOfCredits(app, tx, accountId, reasonKey, { kind: 'included_used', percent, ...use });
  }
  await setNextLooks(tx, accountId, nextLooks(lots), now);
}

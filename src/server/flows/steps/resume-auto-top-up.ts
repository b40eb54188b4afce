import { appendAudit } from '#server/modules/audit/index.ts';
import { lockAutoTopUp, switchOnAgain } from '#server/modules/payments/index.ts';
import { system } from '#server/modules/team/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { enqueueJob } from '../job-queues.ts';

/**
 * Goes on with an auto top-up that waits for another method to charge: one that we switched off because there was none,
 * or because top-ups failed, is on again, and what failed is tried anew. One that its account switched off stays off.
 */
export async function resumeAutoTopUp(app: App, tx: Tx, accountId: string): Promise<void> {
  const topUp = await lockAutoTopUp(tx, accountId);
  if (topUp === null) return;
  const wasSwitchedOff = topUp.offReason === 'failures' || topUp.offReason === 'saved_method_missing';
  if (!wasSwitchedOff && !topUp.isOn) return;
  if (wasSwitchedOff || topUp.failures > 0) await switchOnAgain(tx, accountId, app.clock.now());
  if (wasSwitchedOff) {
    await appendAudit(tx, app, {
      accountId,
      actor: system,
      action: 'credits.auto_top_up_resumed',
      subjectType: 'account',
      subjectId: accountId,
      details: { was_off_for: topUp.offReason },
    });
  }
  await enqueueJob(app, tx, 'retry-top-up', { accountId });
}

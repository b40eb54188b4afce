import { type DueDispute, postponeDisputeCheck } from '#server/modules/payments/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { syncDispute } from '../steps/sync-dispute.ts';

/** Asks the gateway how an open dispute stands; one it cannot tell about is asked about later. */
export async function checkDispute(app: App, due: DueDispute): Promise<void> {
  let isKnown = false;
  try {
    isKnown = (await syncDispute(app, due.gateway, due.gatewayReference)) !== null;
  } finally {
    // System scope: the timetable serves every account.
    if (!isKnown) await inTransaction(app, 'system', (tx) => postponeDisputeCheck(tx, app, due.id));
  }
}

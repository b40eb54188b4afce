import { endTopUpWait } from '#server/modules/payments/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { enqueueJob } from '../job-queues.ts';

/** Asks again for a top-up that the cap of the last month has held up, now that another month has begun. */
export async function resumeTopUps(app: App, accountId: string): Promise<void> {
  await inTransaction(app, { account: accountId }, async (tx) => {
    await endTopUpWait(tx, accountId);
    await enqueueJob(app, tx, 'top-up-credits', { accountId });
  });
}

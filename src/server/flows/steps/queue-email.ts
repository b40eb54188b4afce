import { type NewEmail, storeEmail } from '#server/modules/notifications/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { enqueueJob } from '../job-queues.ts';

/** Puts an e-mail in the outbox, once per reason, to be sent after the commit. */
export async function queueEmail(app: App, tx: Tx, email: NewEmail): Promise<void> {
  const messageId = await storeEmail(tx, app, email);
  if (messageId !== null) await enqueueJob(app, tx, 'deliver-email', { messageId });
}

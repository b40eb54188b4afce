import type { Tx } from '#server/platform/db/index.ts';
import type { Rendition } from '#server/modules/documents/index.ts';
import type { App } from './app.ts';

/** What each queue of later work is given; ids alone, so that the job finds the truth of the moment it runs. */
export type JobPayloads = {
  'process-gateway-event': { readonly eventId: string };
  'render-invoice': { readonly accountId: string; readonly invoiceId: string; readonly rendition: Rendition };
  'deliver-email': { readonly messageId: string };
  'top-up-credits': { readonly accountId: string };
  'retry-top-up': { readonly accountId: string };
  'forget-method': { readonly accountId: string; readonly savedMethodId: string };
  'cancel-payment': { readonly accountId: string; readonly paymentId: string };
  'refund-excess': { readonly accountId: string; readonly paymentId: string };
  'render-credit-note': { readonly accountId: string; readonly creditNoteId: string };
};

/** The name of a queue. */
export type JobName = keyof JobPayloads;

/** Every queue there is. */
export const jobNames = [
  'process-gateway-event',
  'render-invoice',
  'deliver-email',
  'top-up-credits',
  'retry-top-up',
  'forget-method',
  'cancel-payment',
  'refund-excess',
  'render-credit-note',
] as const satisfies readonly JobName[];

/** Adds a job in the transaction of its cause. */
export async function enqueueJob<Name extends JobName>(
  app: App,
  tx: Tx,
  name: Name,
  payload: JobPayloads[Name],
): Promise<void> {
  await app.jobs.enqueue(tx, name, payload);
}

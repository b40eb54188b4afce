import { type InvoiceDeadline, postponeDeadline } from '#server/modules/invoices/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';

/** Puts a deadline of an invoice off by an hour, after it could not be met. */
export async function putOffDeadline(
  app: App,
  target: { readonly id: string; readonly accountId: string },
  deadline: InvoiceDeadline,
): Promise<void> {
  await inTransaction(app, { account: target.accountId }, (tx) =>
    postponeDeadline(tx, target.id, deadline, app.clock.now()),
  );
}

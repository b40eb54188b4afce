import { postponeTransferDeadline, type TransferDeadline } from '#server/modules/payments/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';

/** Puts a deadline of a transfer off, after what could not be done. */
export async function putOffTransfer(
  app: App,
  due: { readonly id: string; readonly accountId: string },
  deadline: TransferDeadline,
): Promise<void> {
  await inTransaction(app, { account: due.accountId }, (tx) => postponeTransferDeadline(tx, app, due.id, deadline));
}

import type { App } from '../app.ts';
import { endPayment } from '../steps/end-payment.ts';

/** Ends a transfer that nobody has declared in its time. One that was declared meanwhile is left to staff. */
export async function expireTransfer(
  app: App,
  due: { readonly id: string; readonly accountId: string },
): Promise<void> {
  await endPayment(app, { accountId: due.accountId, paymentId: due.id }, 'expiry');
}

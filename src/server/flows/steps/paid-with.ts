import { type Payment, transfersOf } from '#server/modules/payments/index.ts';
import type { Db } from '#server/platform/db/index.ts';
import { methodText } from './invoice-document.ts';

/** What was used to pay, in words: `Visa ending 4242`, or the name under which a transfer was offered. */
export async function paidWith(db: Db, payment: Payment): Promise<string> {
  const transfer = (await transfersOf(db, [payment.id])).get(payment.id);
  return transfer?.terms.methodName ?? methodText(payment);
}

import { lotsOfLines } from '#server/modules/credits/index.ts';
import { invoiceById, linesOf } from '#server/modules/invoices/index.ts';
import {
  allocationsOfPayment,
  disputedMinor,
  type Payment,
  type RefundablePayment,
} from '#server/modules/payments/index.ts';
import type { Db } from '#server/platform/db/index.ts';

/**
 * A payment as a refund finds it: what is left of the money, and of the credits it bought in their very lots. Under the
 * locks of the payment, its invoices and the books it is what a refund decides by; without them, a preview.
 */
export async function refundStanding(db: Db, payment: Payment, now: Date): Promise<RefundablePayment> {
  const parts: RefundablePayment['parts'][number][] = [];
  for (const part of await allocationsOfPayment(db, payment.id)) {
    const { totalMinor } = await invoiceById(db, payment.accountId, part.invoiceId);
    const lineIds = (await linesOf(db, part.invoiceId)).map((line) => line.id);
    parts.push({ ...part, totalMinor, lots: await lotsOfLines(db, payment.accountId, lineIds, now) });
  }
  return {
    receivedMinor: payment.receivedMinor,
    refundedMinor: payment.refundedMinor,
    disputedMinor: await disputedMinor(db, payment.id),
    parts,
  };
}

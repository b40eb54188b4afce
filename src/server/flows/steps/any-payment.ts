import { type Payment, paymentById } from '#server/modules/payments/index.ts';
import type { Db } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';

/** A payment of any account, for staff; read in system scope. @throws NotFound */
export async function anyPaymentById(db: Db, paymentId: string): Promise<Payment> {
  const row = await db.selectFrom('payments').select('account_id').where('id', '=', paymentId).executeTakeFirst();
  if (row === undefined) throw new NotFound('payment');
  return await paymentById(db, row.account_id, paymentId);
}

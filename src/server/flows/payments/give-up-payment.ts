import { appendAudit } from '#server/modules/audit/index.ts';
import { isCollectable, isUnderWay, mustNotEnd, paymentById, PaymentUnderWay } from '#server/modules/payments/index.ts';
import { type Actor, accountIdOf, authorize } from '#server/modules/team/index.ts';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { endPayment } from '../steps/end-payment.ts';
import { type PaymentStanding, paymentStanding } from '../steps/payment-standing.ts';

/**
 * Gives up a payment that waits for its payer, so that its invoices can be paid another way. One that has ended is
 * answered as it is. @throws NotFound, PaymentUnderWay, GatewayUnavailable
 */
export async function giveUpPayment(app: App, actor: Actor, paymentId: string): Promise<PaymentStanding> {
  authorize(actor, 'payments.confirm');
  const accountId = accountIdOf(actor);
  const scope = { account: accountId };
  const before = await inRead(app, scope, (db) => paymentById(db, accountId, paymentId));
  if (isCollectable(before.status)) {
    if (mustNotEnd(before)) throw new PaymentUnderWay(before);
    await endPayment(app, { accountId, paymentId }, 'given_up');
    await inTransaction(app, scope, (tx) =>
      appendAudit(tx, app, {
        accountId,
        actor,
        action: 'payment.given_up',
        subjectType: 'payment',
        subjectId: paymentId,
        details: { method: before.method },
      }),
    );
  }
  const standing = await inRead(app, scope, (db) => paymentStanding(db, accountId, paymentId));
  // The gateway may have known of money that was on its way.
  if (isUnderWay(standing.payment.status)) throw new PaymentUnderWay(standing.payment);
  return standing;
}

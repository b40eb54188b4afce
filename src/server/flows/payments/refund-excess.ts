import { excessMinor, lockPayment, refundableMinor } from '#server/modules/payments/index.ts';
import { inTransaction, type Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { gatewayOf } from '../steps/ask-gateway.ts';
import { openRefund } from '../steps/open-refund.ts';
import { refundStanding } from '../steps/refund-standing.ts';
import type { PaymentTarget } from '../steps/sync-with-gateway.ts';
import { syncRefund } from '../steps/sync-refund.ts';

/** What the payer reads. */
const reason = 'Paid twice: this invoice was paid already.';

/**
 * Gives back what a payment brought beyond its invoices, as when two payments for one invoice both succeeded. Run again,
 * it finds nothing left. What was paid by hand is left to staff, who see the payment flagged.
 *
 * @throws GatewayUnavailable when the outcome is unknown; the sweep asks
 */
export async function refundExcess(app: App, target: PaymentTarget): Promise<void> {
  const refundId = await inTransaction(app, { account: target.accountId }, (tx) => open(app, tx, target));
  if (refundId !== null) await syncRefund(app, { ...target, refundId }, true);
}

async function open(app: App, tx: Tx, target: PaymentTarget): Promise<string | null> {
  const payment = await lockPayment(tx, target.paymentId);
  if (gatewayOf(app, payment.gateway).abilities.refunds === 'by_hand') return null;
  const standing = await refundStanding(tx, payment, app.clock.now());
  const excess = excessMinor(standing);
  const most = refundableMinor(standing);
  const amountMinor = excess < most ? excess : most;
  if (amountMinor === 0n) return null;
  const id = app.ids.next();
  await openRefund(app, tx, payment, {
    id,
    origin: 'automatic',
    reason,
    requestedBy: null,
    gatewayReference: null,
    amountMinor,
    expectedTakenBack: null,
    actor: { type: 'system', id: null },
    requestId: undefined,
  });
  return id;
}

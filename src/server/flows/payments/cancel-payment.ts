import type { App } from '../app.ts';
import { endPayment } from '../steps/end-payment.ts';
import type { PaymentTarget } from '../steps/sync-with-gateway.ts';

/** Ends a payment that is no longer wanted, at its gateway first. One that turns out to have succeeded is settled. */
export async function cancelPayment(app: App, target: PaymentTarget): Promise<void> {
  await endPayment(app, target, 'superseded');
}

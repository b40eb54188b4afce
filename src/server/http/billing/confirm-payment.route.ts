import { syncPayment } from '#server/flows/payments/sync-payment.ts';
import { accountIdOf } from '#server/modules/team/index.ts';
import { route } from '../route.ts';
import { presentPurchase } from './present-billing.ts';

export const confirmPaymentRoute = route('confirmPayment', async (app, { actor, params }) => {
  const synced = await syncPayment(app, { accountId: accountIdOf(actor), paymentId: params.id }, 'return_page');
  return presentPurchase(synced, app.gateways.get(synced.payment.gateway)?.publishableKey ?? null, app.clock.now());
});

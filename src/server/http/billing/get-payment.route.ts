import { getPaymentStanding } from '#server/flows/payments/get-payment-standing.ts';
import { accountIdOf } from '#server/modules/team/index.ts';
import { route } from '../route.ts';
import { presentPurchase } from './present-billing.ts';

export const getPaymentRoute = route('getPayment', async (app, { actor, params }) => {
  const standing = await getPaymentStanding(app, { accountId: accountIdOf(actor), paymentId: params.id });
  return presentPurchase({ ...standing, clientSecret: null }, null, app.clock.now());
});

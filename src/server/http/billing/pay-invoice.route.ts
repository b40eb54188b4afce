import { payInvoice } from '#server/flows/payments/pay-invoice.ts';
import { route } from '../route.ts';
import { presentPurchase } from './present-billing.ts';

export const payInvoiceRoute = route('payInvoice', async (app, { actor, params, body, idempotencyKey, bodyHash }) => {
  const synced = await payInvoice(app, actor, {
    invoiceId: params.id,
    method: body.payment_method,
    request: { key: idempotencyKey, bodyHash },
  });
  return presentPurchase(synced, app.gateways.get(synced.payment.gateway)?.publishableKey ?? null, app.clock.now());
});

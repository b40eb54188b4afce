import { payInvoices } from '#server/flows/payments/pay-invoices.ts';
import { route } from '../route.ts';
import { presentPurchase } from './present-billing.ts';
import { wayToPay } from './way-to-pay.ts';

export const payInvoiceRoute = route('payInvoice', async (app, { actor, params, body, idempotencyKey, bodyHash }) => {
  const synced = await payInvoices(app, actor, {
    invoiceIds: [params.id],
    operation: 'payInvoice',
    way: wayToPay(body),
    request: { key: idempotencyKey, bodyHash },
  });
  return presentPurchase(synced, app.gateways.get(synced.payment.gateway)?.publishableKey ?? null, app.clock.now());
});

import { payInvoices } from '#server/flows/payments/pay-invoices.ts';
import { route } from '../route.ts';
import { presentPurchase } from './present-billing.ts';
import { wayToPay } from './way-to-pay.ts';

export const payInvoicesRoute = route('payInvoices', async (app, { actor, body, idempotencyKey, bodyHash }) => {
  const synced = await payInvoices(app, actor, {
    invoiceIds: [...new Set(body.invoice_ids)],
    operation: 'payInvoices',
    way: wayToPay(body),
    request: { key: idempotencyKey, bodyHash },
  });
  return presentPurchase(synced, app.gateways.get(synced.payment.gateway)?.publishableKey ?? null, app.clock.now());
});

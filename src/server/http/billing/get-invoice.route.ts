import { creditNotesOfInvoice, invoiceById, linesOf } from '#server/modules/invoices/index.ts';
import { paymentsOfInvoices, refundsOfInvoice, transfersOf } from '#server/modules/payments/index.ts';
import { accountIdOf } from '#server/modules/team/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { route } from '../route.ts';
import { presentInvoice } from './present-billing.ts';

export const getInvoiceRoute = route('getInvoice', async (app, { actor, params }) => {
  const accountId = accountIdOf(actor);
  return await inRead(app, { account: accountId }, async (db) => {
    const invoice = await invoiceById(db, accountId, params.id);
    const payments = (await paymentsOfInvoices(db, [invoice.id])).get(invoice.id) ?? [];
    const ids = payments.map((payment) => payment.id);
    const transfers = await transfersOf(db, ids);
    const corrections = {
      refunds: await refundsOfInvoice(db, invoice.id),
      creditNotes: await creditNotesOfInvoice(db, invoice.id),
    };
    const lines = await linesOf(db, invoice.id);
    return presentInvoice(invoice, lines, payments, transfers, corrections, app.clock.now());
  });
});

import { linesOfInvoices, listInvoices } from '#server/modules/invoices/index.ts';
import { paymentsOfInvoices } from '#server/modules/payments/index.ts';
import { accountIdOf } from '#server/modules/team/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { datePositionOf, pageFrom } from '../cursor.ts';
import { route } from '../route.ts';
import { presentSummary } from './present-billing.ts';

export const listInvoicesRoute = route('listInvoices', async (app, { actor, query }) => {
  const accountId = accountIdOf(actor);
  const now = app.clock.now();
  const position = datePositionOf(query.cursor);
  return await inRead(app, { account: accountId }, async (db) => {
    const invoices = await listInvoices(db, {
      accountId,
      status: query.status,
      search: query.search,
      issuedFrom: query.issued_from,
      issuedTo: query.issued_to,
      oldestFirst: query.sort === 'issued_on',
      limit: query.limit,
      after: position === undefined ? undefined : { issuedOn: position.on, id: position.id },
      now,
    });
    const ids = invoices.map((invoice) => invoice.id);
    const lines = await linesOfInvoices(db, ids);
    const payments = await paymentsOfInvoices(db, ids);
    return pageFrom(
      invoices,
      query.limit,
      (invoice) => presentSummary(invoice, lines.get(invoice.id) ?? [], payments.get(invoice.id) ?? [], now),
      (invoice) => ({ key: invoice.issuedOn ?? '', id: invoice.id }),
    );
  });
});

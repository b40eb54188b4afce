import { getInvoicePdf } from '#server/flows/invoices/get-invoice-pdf.ts';
import { route } from '../route.ts';
import { sendFile } from './send-file.ts';

export const getInvoicePdfRoute = route('getInvoicePdf', async (app, { actor, params, request, reply }) => {
  await sendFile(await getInvoicePdf(app, actor, params.id), request, reply);
  return undefined;
});

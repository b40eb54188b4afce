import { getCreditNotePdf } from '#server/flows/invoices/get-credit-note-pdf.ts';
import { route } from '../route.ts';
import { sendFile } from './send-file.ts';

export const getCreditNotePdfRoute = route('getCreditNotePdf', async (app, { actor, params, request, reply }) => {
  await sendFile(await getCreditNotePdf(app, actor, params.id), request, reply);
  return undefined;
});

import { getInvoicePdf } from '#server/flows/invoices/get-invoice-pdf.ts';
import { route } from '../route.ts';

export const getInvoicePdfRoute = route('getInvoicePdf', async (app, { actor, params, request, reply }) => {
  const file = await getInvoicePdf(app, actor, params.id);
  const etag = `"${file.sha256.toString('hex')}"`;
  void reply.header('etag', etag).header('cache-control', 'private, no-cache');
  if (request.headers['if-none-match'] === etag) {
    await reply.code(304).send();
    return undefined;
  }
  await reply
    .type(file.contentType)
    .header('content-disposition', `attachment; filename="${file.filename}"`)
    .send(file.content);
  return undefined;
});

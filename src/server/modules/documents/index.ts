export type {
  DocumentBuyer,
  DocumentCode,
  DocumentLine,
  DocumentLogo,
  DocumentPayment,
  DocumentSeller,
  DocumentTaxGroup,
  InvoiceDocument,
  PaymentInstructions,
} from './invoice-document.ts';
export { renderInvoicePdf } from './render-invoice-pdf.ts';
export {
  creditNoteDocument,
  filesById,
  invoiceDocument,
  keepCreditNoteDocument,
  keepInvoiceDocument,
  type Rendition,
  type StoredFile,
} from './stored-files.ts';

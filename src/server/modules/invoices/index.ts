export { type BilledLine, billedLines } from './billed-lines.ts';
export type { CreditNote, CreditNoteLine } from './credit-note.ts';
export {
  creditNoteById,
  creditNotesOfInvoice,
  creditNotesOfRefunds,
  linesOfCreditNote,
} from './credit-notes-queries.ts';
export { issueCreditNote, voidCreditNotes } from './credit-notes-store.ts';
export { type AverageCreditPrice, averageCreditPrice } from './credit-price.ts';
export {
  amountDueMinor,
  type Draft,
  draftInvoice,
  type Invoice,
  type InvoiceLine,
  type InvoicePurpose,
  isOverdue,
  type LineInput,
  type Party,
  type PaymentError,
  settleableMinor,
  type TaxCategory,
} from './invoice.ts';
export { invoiceNumberText, takeInvoiceNumber } from './invoice-number.ts';
export type { InvoiceStatus } from './invoice-states.ts';
export {
  type InvoiceDeadline,
  type InvoiceFilter,
  invoiceById,
  invoicesDue,
  linesOf,
  linesOfInvoices,
  listInvoices,
  lockInvoice,
  nextInvoiceDeadline,
  paymentErrorFrom,
  todayOf,
} from './invoices-queries.ts';
export {
  addAmountPaid,
  issueDraft,
  markAnnounced,
  type NewInvoice,
  noteFailedAttempt,
  postponeDeadline,
  storeDraft,
  voidInvoice,
  waitForTransfer,
} from './invoices-store.ts';
export { createFirstSeller, type Seller, sellerOf } from './seller.ts';

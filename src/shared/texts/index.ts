export { amountFigures, amountWithCode, rateText, wholeNumber } from './amounts.ts';
export type { DocumentTexts } from './documents.ts';
export type { EmailTexts } from './emails.ts';
export {
  type InvoiceStanding,
  type ShownInvoiceState,
  type ShownPaymentState,
  type ShownState,
  type ShownSubscriptionState,
  shownInvoiceState,
  shownPaymentStateOf,
  type StateTexts,
  type StateTone,
} from './states.ts';
export { type Texts, textsFor } from './texts-for.ts';

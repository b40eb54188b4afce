import { money } from '#shared/money/index.ts';
import { amountFigures, amountWithCode, type Texts, wholeNumber } from '#shared/texts/index.ts';
import { formatCalendarDate } from '#shared/time/index.ts';
import type { EmailContent, EmailTable } from './email-content.ts';
import type { EmailTemplates } from './email-templates.ts';

/** There is an invoice to pay. */
export function invoiceCreated(data: EmailTemplates['invoice_created'], texts: Texts): EmailContent {
  const words = texts.emails.invoiceCreated;
  const amount = amountWithCode(money(data.amountDueMinor, data.currency), texts.locale);
  const dueOn = formatCalendarDate(data.dueOn, texts.locale);
  return {
    subject: words.subject(data.invoiceNumber, amount, data.seller.name),
    preheader: words.preheader(amount, dueOn),
    headline: words.headline(data.invoiceNumber),
    paragraphs: [words.intro(dueOn)],
    amount: { text: amount, note: words.amountNote(dueOn) },
    button: { label: words.button(amount), url: data.payUrl },
    facts: [
      [texts.emails.invoice, data.invoiceNumber],
      [texts.emails.issued, formatCalendarDate(data.issuedOn, texts.locale)],
      [texts.emails.due, dueOn],
    ],
    table: lineTable(data, texts),
    whySent: texts.emails.whySentAccount(data.seller.name),
  };
}

/** A payment arrived, and what it brought. */
export function paymentSuccess(data: EmailTemplates['payment_success'], texts: Texts): EmailContent {
  const words = texts.emails.paymentSuccess;
  const amount = amountWithCode(money(data.amountMinor, data.currency), texts.locale);
  const stillDue = amountWithCode(money(data.amountDueMinor, data.currency), texts.locale);
  const paidOn = formatCalendarDate(data.paidOn, texts.locale);
  const isPaidInFull = data.amountDueMinor <= 0n;
  return {
    subject: words.subject(amount, data.seller.name),
    preheader: isPaidInFull ? words.preheader(data.invoiceNumber) : words.introPartly(data.invoiceNumber, stillDue),
    headline: words.headline,
    paragraphs: [isPaidInFull ? words.intro(data.invoiceNumber) : words.introPartly(data.invoiceNumber, stillDue)],
    amount: { text: amount, note: words.amountNote(paidOn) },
    button: { label: words.button, url: data.invoiceUrl },
    facts: [
      [texts.emails.invoice, data.invoiceNumber],
      [texts.emails.paid, paidOn],
      [texts.emails.method, data.methodText],
      ...creditFacts(data.credits, texts),
    ],
    table: lineTable(data, texts),
    whySent: texts.emails.whySentAccount(data.seller.name),
  };
}

/** A payment did not go through and can be finished. */
export function paymentFailed(data: EmailTemplates['payment_failed'], texts: Texts): EmailContent {
  const words = texts.emails.paymentFailed;
  const amount = amountWithCode(money(data.amountMinor, data.currency), texts.locale);
  return {
    subject: words.subject(data.invoiceNumber, data.seller.name),
    preheader: words.preheader(amount),
    headline: words.headline,
    paragraphs: [words.intro(data.invoiceNumber), words.next],
    amount: { text: amount, note: words.amountNote },
    button: { label: words.button, url: data.finishUrl },
    facts: [
      [texts.emails.invoice, data.invoiceNumber],
      ...(data.reason === '' ? [] : [[words.reason, data.reason] as const]),
    ],
    table: lineTable(data, texts),
    whySent: texts.emails.whySentAccount(data.seller.name),
  };
}

function creditFacts(credits: EmailTemplates['payment_success']['credits'], texts: Texts) {
  if (credits === null) return [];
  const words = texts.emails.paymentSuccess;
  return [
    [words.creditsAdded, wholeNumber(credits.added, texts.locale)],
    [words.balance, wholeNumber(credits.available, texts.locale)],
  ] as const;
}

function lineTable(
  data: EmailTemplates['invoice_created' | 'payment_success' | 'payment_failed'],
  texts: Texts,
): EmailTable {
  const words = texts.emails;
  return {
    headings: [words.description, `${words.amount} (${data.currency})`],
    rows: data.lines.map((line) => ({
      description: line.description,
      detail: line.quantity === 1n ? '' : words.timesQuantity(wholeNumber(line.quantity, texts.locale)),
      amount: amountFigures(money(line.amountMinor, data.currency), texts.locale),
    })),
    total: [words.total, amountWithCode(money(data.totalMinor, data.currency), texts.locale)],
  };
}

import { money } from '#shared/money/index.ts';
import { amountWithCode, type Texts, wholeNumber } from '#shared/texts/index.ts';
import { formatCalendarDate } from '#shared/time/index.ts';
import type { EmailContent } from './email-content.ts';
import type { EmailTemplates } from './email-templates.ts';

/** Where the money of a transfer goes, and how. */
export function manualPaymentInstructions(
  data: EmailTemplates['manual_payment_instructions'],
  texts: Texts,
): EmailContent {
  const words = texts.emails.transfers.instructions;
  const { amount, until } = figures(data, texts);
  return {
    ...howToTransfer(data, texts),
    subject: words.subject(amount, data.methodName, data.seller.name),
    preheader: words.preheader(data.reference, until),
    headline: words.headline(data.methodName),
    paragraphs: [words.intro(data.invoiceNumbers.join(', ')), words.reference],
  };
}

/** A transfer that nobody has declared ends soon. */
export function manualPaymentReminder(data: EmailTemplates['manual_payment_reminder'], texts: Texts): EmailContent {
  const words = texts.emails.transfers.reminder;
  const { amount, until } = figures(data, texts);
  return {
    ...howToTransfer(data, texts),
    subject: words.subject(amount, data.seller.name),
    preheader: words.preheader(until),
    headline: words.headline,
    paragraphs: [words.intro(data.invoiceNumbers.join(', '), until), words.declared],
  };
}

/** A transfer has arrived, in full or in part. */
export function manualPaymentApproved(data: EmailTemplates['manual_payment_approved'], texts: Texts): EmailContent {
  const words = texts.emails.transfers.approved;
  const amount = amountWithCode(money(data.receivedMinor, data.currency), texts.locale);
  const left = amountWithCode(money(data.amountDueMinor, data.currency), texts.locale);
  const numbers = data.invoiceNumbers.join(', ');
  const isPaid = data.amountDueMinor === 0n;
  const credited = texts.emails.paymentSuccess;
  return {
    subject: words.subject(amount, data.seller.name),
    preheader: isPaid ? words.preheader(numbers) : words.preheaderPartly(left),
    headline: isPaid ? words.headline : words.headlinePartly,
    paragraphs: [isPaid ? words.intro(numbers) : words.introPartly(numbers, left)],
    amount: { text: amount, note: words.amountNote },
    button: { label: isPaid ? words.button : words.buttonPartly, url: data.url },
    facts: [
      [texts.emails.invoice, numbers],
      [texts.emails.method, data.methodName],
      [texts.emails.transfers.reference, data.reference],
      ...(data.credits === null
        ? []
        : ([
            [credited.creditsAdded, wholeNumber(data.credits.added, texts.locale)],
            [credited.balance, wholeNumber(data.credits.available, texts.locale)],
          ] as const)),
    ],
    whySent: texts.emails.whySentAccount(data.seller.name),
  };
}

/** A transfer was not accepted, and why. */
export function manualPaymentRejected(data: EmailTemplates['manual_payment_rejected'], texts: Texts): EmailContent {
  const words = texts.emails.transfers.rejected;
  const amount = amountWithCode(money(data.amountMinor, data.currency), texts.locale);
  return {
    subject: words.subject(amount, data.seller.name),
    preheader: words.preheader,
    headline: words.headline,
    paragraphs: [words.intro(data.invoiceNumbers.join(', ')), words.next],
    amount: { text: amount, note: words.amountNote },
    button: { label: words.button, url: data.url },
    facts: [
      [words.reason, data.reason],
      [texts.emails.method, data.methodName],
      [texts.emails.transfers.reference, data.reference],
    ],
    whySent: texts.emails.whySentAccount(data.seller.name),
  };
}

/** A transfer waits for the staff to look at it. */
export function proofReceived(data: EmailTemplates['proof_received'], texts: Texts): EmailContent {
  const words = texts.emails.transfers.received;
  const amount = amountWithCode(money(data.amountMinor, data.currency), texts.locale);
  return {
    subject: words.subject(amount, data.accountName),
    preheader: words.preheader(data.reference),
    headline: words.headline,
    paragraphs: [words.intro(data.accountName), ...(data.isDuplicate ? [words.duplicate] : [])],
    amount: { text: amount, note: data.methodName },
    button: { label: words.button, url: data.url },
    facts: [
      [texts.emails.transfers.reference, data.reference],
      ...(data.transactionId === null ? [] : [[words.transactionId, data.transactionId] as const]),
      ...(data.payerName === null ? [] : [[words.payerName, data.payerName] as const]),
      [words.proofs, wholeNumber(BigInt(data.proofs), texts.locale)],
    ],
    whySent: words.whySent(data.seller.name),
  };
}

type Instructions = EmailTemplates['manual_payment_instructions'];

function figures(data: Instructions, texts: Texts): { amount: string; until: string } {
  return {
    amount: amountWithCode(money(data.amountMinor, data.currency), texts.locale),
    until: formatCalendarDate(data.expiresOn, texts.locale),
  };
}

function howToTransfer(
  data: Instructions,
  texts: Texts,
): Pick<EmailContent, 'amount' | 'button' | 'facts' | 'instructions' | 'whySent'> {
  const words = texts.emails.transfers;
  const { amount, until } = figures(data, texts);
  return {
    amount: { text: amount, note: words.amountNote(until) },
    button: { label: words.button, url: data.url },
    facts: [[words.reference, data.reference], ...data.fields.map(({ label, value }) => [label, value] as const)],
    ...(data.instructions === null ? {} : { instructions: data.instructions }),
    whySent: texts.emails.whySentAccount(data.seller.name),
  };
}

import { money } from '#shared/money/index.ts';
import { amountWithCode, type Texts, wholeNumber } from '#shared/texts/index.ts';
import { formatCalendarDate } from '#shared/time/index.ts';
import type { EmailContent, Fact } from './email-content.ts';
import type { EmailTemplates } from './email-templates.ts';

/** Money was given back. */
export function refundIssued(data: EmailTemplates['refund_issued'], texts: Texts): EmailContent {
  const words = texts.emails.refunds.issued;
  const amount = amountWithCode(money(data.amountMinor, data.currency), texts.locale);
  const credits: readonly Fact[] =
    data.credits === null
      ? []
      : [
          [words.takenBack, wholeNumber(data.credits.takenBack, texts.locale)],
          [words.balance, wholeNumber(data.credits.available, texts.locale)],
        ];
  return {
    subject: words.subject(amount, data.seller.name),
    preheader: words.preheader(data.methodText),
    headline: words.headline,
    paragraphs: [words.intro(data.methodText), ...(data.creditNotes.length === 0 ? [] : [words.withNotes])],
    amount: { text: amount, note: words.amountNote(formatCalendarDate(data.refundedOn, texts.locale)) },
    button: { label: words.button, url: data.url },
    facts: [
      ...data.creditNotes.map((note): Fact => [words.creditNote, words.corrects(note.number, note.invoiceNumber)]),
      ...(data.reason === null ? [] : [[words.reason, data.reason] as const]),
      ...credits,
    ],
    whySent: texts.emails.whySentAccount(data.seller.name),
  };
}

/** A payer's bank disputes a payment: for those who sell. */
export function disputeOpened(data: EmailTemplates['dispute_opened'], texts: Texts): EmailContent {
  const words = texts.emails.refunds.disputed;
  const amount = amountWithCode(money(data.amountMinor, data.currency), texts.locale);
  const dueOn = data.evidenceDueOn === null ? null : formatCalendarDate(data.evidenceDueOn, texts.locale);
  return {
    subject: words.subject(amount, data.accountName),
    preheader: dueOn === null ? words.preheaderNoDay : words.preheader(dueOn),
    headline: words.headline,
    paragraphs: [
      words.intro(data.accountName),
      data.creditsFrozen === 0n ? words.noneFrozen : words.frozen(wholeNumber(data.creditsFrozen, texts.locale)),
    ],
    amount: { text: amount, note: words.amountNote },
    button: { label: words.button, url: data.url },
    facts: [
      [words.account, data.accountName],
      [words.reason, data.reason.replaceAll('_', ' ')],
      ...(dueOn === null ? [] : [[words.answerBy, dueOn] as const]),
      [words.reference, `${data.gateway} ${data.gatewayReference}`],
    ],
    whySent: words.whySent(data.seller.name),
  };
}

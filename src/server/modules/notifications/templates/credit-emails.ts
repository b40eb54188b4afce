import { money } from '#shared/money/index.ts';
import { amountWithCode, type Texts, wholeNumber } from '#shared/texts/index.ts';
import { formatCalendarDate } from '#shared/time/index.ts';
import type { EmailContent, Fact } from './email-content.ts';
import type { EmailTemplates } from './email-templates.ts';

/** The balance has fallen below the account's threshold. */
export function creditsLow(data: EmailTemplates['credits_low'], texts: Texts): EmailContent {
  const words = texts.emails.credits.low;
  const threshold = wholeNumber(data.threshold, texts.locale);
  return {
    subject: words.subject(data.seller.name),
    preheader: words.preheader(threshold),
    headline: words.headline,
    paragraphs: [words.intro(threshold, wholeNumber(data.fellTo, texts.locale)), words.next],
    button: { label: texts.emails.credits.buy, url: data.url },
    facts: [[words.threshold, threshold], availableNow(data.available, texts)],
    whySent: words.whySent(data.seller.name),
  };
}

/** A share of what the plan includes is spent. */
export function creditsIncludedUsed(data: EmailTemplates['credits_included_used'], texts: Texts): EmailContent {
  const words = texts.emails.credits.includedUsed;
  const percent = new Intl.NumberFormat(texts.locale, { style: 'unit', unit: 'percent' }).format(data.percent);
  const spent = wholeNumber(data.spent, texts.locale);
  const included = wholeNumber(data.included, texts.locale);
  return {
    subject: words.subject(percent, data.seller.name),
    preheader: words.preheader(spent, included),
    headline: words.headline(percent),
    paragraphs: [words.intro(spent, included), ...(data.spent >= data.included ? [words.usedUp] : [])],
    button: { label: texts.emails.credits.buy, url: data.url },
    facts: [[words.used, spent], [words.included, included], availableNow(data.available, texts)],
    whySent: words.whySent(data.seller.name),
  };
}

/** An auto top-up was not paid. */
export function topUpFailed(data: EmailTemplates['top_up_failed'], texts: Texts): EmailContent {
  const words = texts.emails.credits.topUpFailed;
  const known = new Map<string, string>(Object.entries(words.reasons)).get(data.reason);
  const reason = known ?? (data.message === '' ? words.otherReason : data.message);
  return {
    subject: words.subject(data.seller.name),
    preheader: words.preheader,
    headline: words.headline,
    paragraphs: [
      words.intro,
      ...(data.canBeFinished ? [words.finish] : []),
      data.switchedOff ? words.switchedOff : words.notAgain,
    ],
    button: { label: data.canBeFinished ? words.finishButton : texts.emails.credits.buy, url: data.url },
    facts: [[words.reason, reason], availableNow(data.available, texts)],
    whySent: words.whySent(data.seller.name),
  };
}

/** Another top-up would exceed the cap of the month. */
export function topUpCapReached(data: EmailTemplates['top_up_cap_reached'], texts: Texts): EmailContent {
  const words = texts.emails.credits.capReached;
  const cap = amountWithCode(money(data.capMinor, data.currency), texts.locale);
  return {
    subject: words.subject(data.seller.name),
    preheader: words.preheader(cap),
    headline: words.headline,
    paragraphs: [words.intro(cap), words.next(formatCalendarDate(data.resumesOn, texts.locale))],
    button: { label: texts.emails.credits.buy, url: data.url },
    facts: [[words.cap, cap], availableNow(data.available, texts)],
    whySent: texts.emails.credits.topUpFailed.whySent(data.seller.name),
  };
}

function availableNow(available: bigint, texts: Texts): Fact {
  return [texts.emails.credits.availableNow, wholeNumber(available, texts.locale)];
}

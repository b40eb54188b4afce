import type { Texts } from '#shared/texts/index.ts';
import { formatCalendarDate } from '#shared/time/index.ts';
import type { EmailContent } from './email-content.ts';
import type { EmailTemplates } from './email-templates.ts';

/** A saved card expires before long. */
export function cardExpiring(data: EmailTemplates['card_expiring'], texts: Texts): EmailContent {
  const words = texts.emails.cardExpiring;
  const lastDay = formatCalendarDate(data.expiresOn, texts.locale);
  return {
    subject: words.subject(data.methodText, data.seller.name),
    preheader: words.preheader(lastDay),
    headline: words.headline,
    paragraphs: [words.intro(data.methodText, lastDay), data.isCharged ? words.charged : words.notCharged],
    button: { label: words.button, url: data.url },
    facts: [
      [texts.emails.method, data.methodText],
      [words.lastDay, lastDay],
    ],
    whySent: words.whySent(data.seller.name),
  };
}

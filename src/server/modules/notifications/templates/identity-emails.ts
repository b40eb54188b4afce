import type { Texts } from '#shared/texts/index.ts';
import { formatInstant } from '#shared/time/index.ts';
import type { EmailContent } from './email-content.ts';
import type { EmailTemplates } from './email-templates.ts';

/** Asks a new user to prove that the address is theirs. */
export function verifyEmail(data: EmailTemplates['verify_email'], texts: Texts): EmailContent {
  return linkEmail(data, texts, texts.emails.verifyEmail);
}

/** Lets a user who forgot the password choose a new one. */
export function resetPassword(data: EmailTemplates['reset_password'], texts: Texts): EmailContent {
  return linkEmail(data, texts, texts.emails.resetPassword);
}

type LinkWords = Texts['emails']['verifyEmail' | 'resetPassword'];

function linkEmail(data: EmailTemplates['verify_email'], texts: Texts, words: LinkWords): EmailContent {
  return {
    subject: words.subject(data.seller.name),
    preheader: words.preheader,
    headline: words.headline,
    paragraphs: [words.intro(data.email), words.expires(formatInstant(data.expiresAt, texts.locale, data.timeZone))],
    button: { label: words.button, url: data.url },
    closing: [words.ignore],
    whySent: texts.emails.whySentAddress(data.seller.name),
  };
}

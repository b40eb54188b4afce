import { type Texts, textsFor } from '#shared/texts/index.ts';
import type { EmailContent } from './email-content.ts';
import { creditsIncludedUsed, creditsLow, topUpCapReached, topUpFailed } from './credit-emails.ts';
import { emailHtml } from './email-html.ts';
import type { EmailTemplateName, EmailTemplates } from './email-templates.ts';
import { emailText } from './email-text.ts';
import { disputeOpened, refundIssued } from './refund-emails.ts';
import { resetPassword, verifyEmail } from './identity-emails.ts';
import { cardExpiring } from './saved-method-emails.ts';
import { invoiceCreated, paymentFailed, paymentSuccess } from './invoice-emails.ts';
import {
  manualPaymentApproved,
  manualPaymentInstructions,
  manualPaymentRejected,
  manualPaymentReminder,
  proofReceived,
} from './transfer-emails.ts';

/** An e-mail in both its parts. */
export type RenderedEmail = { readonly subject: string; readonly html: string; readonly text: string };

/**
 * Renders an e-mail in the reader's locale (BCP 47), or in the texts given. Pure; loads nothing and tracks nobody.
 * @throws EmailLinkRefused when the link is not an absolute http or https URL
 */
export function renderEmail<Name extends EmailTemplateName>(
  template: Name,
  data: EmailTemplates[Name],
  locale: string,
  texts: Texts = textsFor(locale),
): RenderedEmail {
  const content = contents[template](data, texts);
  assertWebAddress(content.button.url);
  const frame = {
    seller: data.seller,
    greeting: greetingFor(data.recipientName, texts),
    language: texts.language,
    direction: texts.direction,
    buttonFallback: texts.emails.buttonFallback,
  };
  return {
    subject: oneLine(content.subject),
    html: emailHtml(content, frame),
    text: emailText(content, frame),
  };
}

/** An e-mail was asked to carry a link that a mail program must not open. */
export class EmailLinkRefused extends Error {
  constructor() {
    super('The link of an e-mail must be an absolute http or https URL.');
    this.name = 'EmailLinkRefused';
  }
}

const contents: {
  readonly [name in EmailTemplateName]: (data: EmailTemplates[name], texts: Texts) => EmailContent;
} = {
  invoice_created: invoiceCreated,
  payment_success: paymentSuccess,
  payment_failed: paymentFailed,
  refund_issued: refundIssued,
  dispute_opened: disputeOpened,
  manual_payment_instructions: manualPaymentInstructions,
  manual_payment_reminder: manualPaymentReminder,
  manual_payment_approved: manualPaymentApproved,
  manual_payment_rejected: manualPaymentRejected,
  proof_received: proofReceived,
  credits_low: creditsLow,
  credits_included_used: creditsIncludedUsed,
  top_up_failed: topUpFailed,
  top_up_cap_reached: topUpCapReached,
  card_expiring: cardExpiring,
  verify_email: verifyEmail,
  reset_password: resetPassword,
};

/**
 * Anybody can sign up with somebody else's address and a name that reads as an advertisement with a link. A name that
 * could be one greets nobody.
 */
function greetingFor(name: string | null, texts: Texts): string | null {
  const greeted = name === null ? '' : oneLine(name);
  if (greeted === '' || greeted.length > 60 || /[/:@<>]|www\.|\.\p{L}{2,}/iu.test(greeted)) return null;
  return texts.emails.greeting(greeted);
}

function assertWebAddress(url: string): void {
  if (!/^https?:\/\/[^\s]+$/.test(url) || !URL.canParse(url)) throw new EmailLinkRefused();
}

/** A line break in a subject would start a header of somebody else's choosing. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

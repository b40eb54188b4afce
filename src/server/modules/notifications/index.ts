export {
  type EmailMessage,
  type EmailReferences,
  emailById,
  keepRendering,
  listEmails,
  markEmailFailed,
  markEmailSent,
  type NewEmail,
  storeEmail,
} from './email-messages.ts';
export type { EmailAttachment, Mailer, OutgoingEmail } from './mailer.ts';
export * from './templates/index.ts';

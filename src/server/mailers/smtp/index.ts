export { EmailNotAccepted, createSmtpMailer } from './create-smtp-mailer.ts';

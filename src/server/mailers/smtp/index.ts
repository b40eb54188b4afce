export { createSmtpMailer } from './create-smtp-mailer.ts';

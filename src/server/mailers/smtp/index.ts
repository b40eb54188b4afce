export { EmailNotAccepted, smtpMailer } from './smtp-mailer.ts';

export { mailboxMailer } from './mailbox-mailer.ts';

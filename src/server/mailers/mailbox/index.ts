export { createMailboxMailer } from './create-mailbox-mailer.ts';

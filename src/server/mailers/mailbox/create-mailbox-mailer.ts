import type { Mailer } from '#server/modules/notifications/mailer.ts';

/**
 * The mailer of an install without SMTP. Every e-mail already stands in `email_messages` before a mailer sees it, and
 * the mailbox page reads that table, so there is nothing left to send.
 */
export function createMailboxMailer(): Mailer {
  return {
    name: 'mailbox',
    async deliver() {},
  };
}

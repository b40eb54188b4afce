import { createTransport } from 'nodemailer';
import type { Mailer } from '#server/modules/notifications/mailer.ts';

/** A server that does not answer must not hold a job for minutes; in milliseconds. */
const timeouts = { dnsTimeout: 10_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/** The SMTP server refused or could not be reached; the reason is the cause. Worth another try later. */
export class EmailNotAccepted extends Error {
  constructor(to: string, cause: unknown) {
    super(`The SMTP server did not accept the e-mail to ${to}.`, { cause });
    this.name = 'EmailNotAccepted';
  }
}

/**
 * Delivers over SMTP, one connection per message.
 * @param url `smtp://user:password@host:587` or `smtps://…:465`
 */
export function createSmtpMailer(url: string): Mailer {
  // The content is ours, but paths and addresses in it must never make the mailer read files or fetch pages.
  const transport = createTransport({ url, ...timeouts, disableFileAccess: true, disableUrlAccess: true });
  return {
    name: 'smtp',
    async deliver(message) {
      try {
        await transport.sendMail({
          messageId: message.messageId,
          from: message.from,
          to: message.to,
          ...(message.replyTo === undefined ? {} : { replyTo: message.replyTo }),
          subject: message.subject,
          html: message.html,
          text: message.text,
          // RFC 3834: no out-of-office answers, please.
          headers: { 'Auto-Submitted': 'auto-generated' },
          attachments: message.attachments.map(({ filename, contentType, content }) => ({
            filename,
            contentType,
            content,
          })),
        });
      } catch (error) {
        throw new EmailNotAccepted(message.to, error);
      }
    },
  };
}

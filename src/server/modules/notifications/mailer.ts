/** A file that travels with an e-mail. */
export type EmailAttachment = {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
};

/** An e-mail ready to leave: rendered, addressed, and named by a Message-ID that stays the same when it is resent. */
export type OutgoingEmail = {
  /** RFC 5322 Message-ID with its angle brackets, derived from what the e-mail is about. */
  readonly messageId: string;
  /** `address` or `Name <address>`. */
  readonly from: string;
  readonly to: string;
  readonly replyTo?: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly attachments: readonly EmailAttachment[];
};

/**
 * The way e-mails leave the house. `deliver` resolves when the message is accepted for delivery and throws when it is
 * not; the caller retries with the same `messageId`, so a receiver can tell a repeat.
 */
export interface Mailer {
  readonly name: string;
  deliver(message: OutgoingEmail): Promise<void>;
}

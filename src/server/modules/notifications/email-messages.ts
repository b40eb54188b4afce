import type { Selectable } from 'kysely';
import type { Database, Db, Tx } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import type { Source } from '#server/platform/ids/index.ts';
import type { EmailTemplateName } from './templates/index.ts';

/** What an e-mail is about; its words are found when it is sent, so that they tell the truth of that moment. */
export type EmailReferences = {
  readonly invoiceId?: string;
  readonly paymentId?: string;
  readonly refundId?: string;
  readonly disputeId?: string;
  readonly alertId?: string;
  readonly savedMethodId?: string;
  readonly name?: string;
  readonly url?: string;
  readonly expiresAt?: string;
};

/** An e-mail to be sent, once per reason. */
export type NewEmail = {
  readonly template: EmailTemplateName;
  readonly accountId: string | null;
  readonly recipient: string;
  readonly locale: string;
  /** `payment_success:<payment id>`: the second message for a reason is not written. */
  readonly reasonKey: string;
  readonly data: EmailReferences;
};

/** An e-mail as stored, from the moment its cause was committed. */
export type EmailMessage = {
  readonly id: string;
  readonly accountId: string | null;
  readonly template: EmailTemplateName;
  readonly locale: string;
  readonly recipient: string;
  readonly reasonKey: string;
  readonly data: EmailReferences;
  readonly status: 'queued' | 'sent' | 'failed';
  readonly sender: string | null;
  readonly subject: string | null;
  readonly html: string | null;
  readonly text: string | null;
  readonly attachmentFileIds: readonly string[];
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
};

/** Writes an e-mail down to be sent. Answers its id, or null when one was written for this reason before. */
export async function storeEmail(tx: Tx, source: Source, email: NewEmail): Promise<string | null> {
  const row = await tx
    .insertInto('email_messages')
    .values({
      id: source.ids.next(),
      account_id: email.accountId,
      template: email.template,
      locale: email.locale,
      recipient: email.recipient,
      reason_key: email.reasonKey,
      data: JSON.stringify(email.data),
      status: 'queued',
      attachment_file_ids: [],
      attempts: 0,
      created_at: source.clock.now(),
    })
    .onConflict((conflict) => conflict.column('reason_key').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Keeps the rendered message, before it leaves. */
export async function keepRendering(
  tx: Tx,
  id: string,
  rendered: { sender: string; subject: string; html: string; text: string; attachmentFileIds: readonly string[] },
): Promise<void> {
  await tx
    .updateTable('email_messages')
    .set({
      sender: rendered.sender,
      subject: rendered.subject,
      html: rendered.html,
      text: rendered.text,
      attachment_file_ids: [...rendered.attachmentFileIds],
    })
    .where('id', '=', id)
    .execute();
}

/** Writes down that the message was accepted for delivery. */
export async function markEmailSent(tx: Tx, id: string, now: Date): Promise<void> {
  await tx
    .updateTable('email_messages')
    .set((set) => ({ status: 'sent', sent_at: now, last_error: null, attempts: set('attempts', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** Writes down that an attempt to send failed; the job tries again. */
export async function markEmailFailed(tx: Tx, id: string, reason: string): Promise<void> {
  await tx
    .updateTable('email_messages')
    .set((set) => ({ status: 'failed', last_error: reason.slice(0, 1_000), attempts: set('attempts', '+', 1) }))
    .where('id', '=', id)
    .where('status', '<>', 'sent')
    .execute();
}

const columns = [
  'id',
  'account_id',
  'template',
  'locale',
  'recipient',
  'reason_key',
  'data',
  'status',
  'sender',
  'subject',
  'html',
  'text',
  'attachment_file_ids',
  'attempts',
  'last_error',
  'created_at',
  'sent_at',
] as const;

/** One message. @throws NotFound */
export async function emailById(db: Db, id: string): Promise<EmailMessage> {
  const row = await db.selectFrom('email_messages').select(columns).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new NotFound('e-mail');
  return fromRow(row);
}

/** Messages, newest first, one more than `limit` when there are more. */
export async function listEmails(
  db: Db,
  filter: {
    readonly to?: string | undefined;
    readonly limit: number;
    readonly after?: { readonly createdAt: Date; readonly id: string } | undefined;
  },
): Promise<EmailMessage[]> {
  let query = db.selectFrom('email_messages').select(columns);
  if (filter.to !== undefined) query = query.where('recipient', '=', filter.to.toLowerCase());
  if (filter.after !== undefined) {
    const { createdAt, id } = filter.after;
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('created_at', 'id'), '<', tuple(createdAt, id)));
  }
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
  return rows.map(fromRow);
}

function fromRow(row: Pick<Selectable<Database['email_messages']>, (typeof columns)[number]>): EmailMessage {
  return {
    id: row.id,
    accountId: row.account_id,
    template: row.template as EmailTemplateName,
    locale: row.locale,
    recipient: row.recipient,
    reasonKey: row.reason_key,
    data: row.data as EmailReferences,
    status: row.status as EmailMessage['status'],
    sender: row.sender,
    subject: row.subject,
    html: row.html,
    text: row.text,
    attachmentFileIds: row.attachment_file_ids,
    attempts: row.attempts,
    lastError: row.last_error,
    createdAt: row.created_at,
    sentAt: row.sent_at,
  };
}

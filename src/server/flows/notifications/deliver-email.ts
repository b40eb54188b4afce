import { filesById } from '#server/modules/documents/index.ts';
import { creditNotesOfRefunds, invoiceById } from '#server/modules/invoices/index.ts';
import {
  type EmailMessage,
  emailById,
  keepRendering,
  markEmailFailed,
  markEmailSent,
} from '#server/modules/notifications/index.ts';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import { messageOf } from '#server/platform/errors/index.ts';
import type { App } from '../app.ts';
import { composeEmail } from '../steps/compose-email.ts';
import { ensureCreditNoteDocument } from '../steps/ensure-credit-note-document.ts';
import { ensureInvoiceDocument } from '../steps/ensure-invoice-document.ts';

/**
 * Sends a stored e-mail: finds its words, keeps what was rendered, hands it to the mailer with the invoice attached. A
 * message that was sent is not sent again; a failure is written down and thrown, so that the job is tried again with
 * the same Message-ID.
 */
export async function deliverEmail(app: App, messageId: string): Promise<void> {
  const message = await inRead(app, 'system', (db) => emailById(db, messageId));
  if (message.status === 'sent') return;
  try {
    await send(app, message);
  } catch (thrown) {
    await inTransaction(app, 'system', (tx) => markEmailFailed(tx, messageId, messageOf(thrown)));
    throw thrown;
  }
  await inTransaction(app, 'system', (tx) => markEmailSent(tx, messageId, app.clock.now()));
}

async function send(app: App, message: EmailMessage): Promise<void> {
  const rendered = await inRead(app, 'system', (db) => composeEmail(app, db, message));
  const attachmentFileIds = await attachmentsOf(app, message);
  const sender = app.config.mailFrom;
  await inTransaction(app, 'system', (tx) => keepRendering(tx, message.id, { ...rendered, sender, attachmentFileIds }));
  const files = await inRead(app, 'system', (db) => filesById(db, attachmentFileIds));
  await app.mailer.deliver({
    messageId: `<${message.id}@${new URL(app.publicUrl()).hostname}>`,
    from: sender,
    to: message.recipient,
    ...rendered,
    attachments: files.map(({ filename, contentType, content }) => ({ filename, contentType, content })),
  });
}

/** E-mails about an invoice carry its newest rendition, those about a refund its credit notes. */
async function attachmentsOf(app: App, message: EmailMessage): Promise<string[]> {
  const { accountId, data } = message;
  if (accountId === null) return [];
  const { refundId } = data;
  if (refundId !== undefined) {
    const notes = await inRead(app, { account: accountId }, (db) => creditNotesOfRefunds(db, [refundId]));
    const files: string[] = [];
    for (const note of notes) {
      files.push((await ensureCreditNoteDocument(app, { accountId, creditNoteId: note.id })).id);
    }
    return files;
  }
  if (data.invoiceId === undefined) return [];
  const target = { accountId, invoiceId: data.invoiceId };
  const invoice = await inRead(app, { account: accountId }, (db) => invoiceById(db, accountId, target.invoiceId));
  const file = await ensureInvoiceDocument(app, target, invoice.status === 'paid' ? 'paid' : 'issued');
  return [file.id];
}

import { publicId } from '#shared/ids/index.ts';
import { filesById } from '#server/modules/documents/index.ts';
import { type EmailMessage, emailById, listEmails } from '#server/modules/notifications/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { instantPositionOf, pageFrom } from '../cursor.ts';
import { route, type Route } from '../route.ts';

const listSandboxMessagesRoute = route('listSandboxMessages', async (app, { query }) => {
  const position = instantPositionOf(query.cursor);
  // The sandbox's mailbox is everybody's: it holds the mail of all accounts.
  const messages = await inRead(app, 'system', (db) =>
    listEmails(db, {
      to: query.to,
      limit: query.limit,
      after: position === undefined ? undefined : { createdAt: position.at, id: position.id },
    }),
  );
  return pageFrom(messages, query.limit, presentMessage, (message) => ({
    key: message.createdAt.toISOString(),
    id: message.id,
  }));
});

const getSandboxMessageRoute = route(
  'getSandboxMessage',
  async (app, { params }) =>
    await inRead(app, 'system', async (db) => {
      const message = await emailById(db, params.id);
      const files = await filesById(db, message.attachmentFileIds);
      return {
        ...presentMessage(message),
        from: message.sender ?? '',
        html: message.html,
        text: message.text,
        attachments: files.map((file) => ({
          filename: file.filename,
          url: `/sandbox/messages/${publicId('eml', message.id)}/attachments/${encodeURIComponent(file.filename)}`,
          bytes: file.content.length,
        })),
        last_error: message.lastError,
      };
    }),
);

/** The mailbox, a page over the table of e-mails. */
export const mailboxRoutes: readonly Route[] = [listSandboxMessagesRoute, getSandboxMessageRoute];

function presentMessage(message: EmailMessage) {
  return {
    id: message.id,
    template: message.template,
    to: message.recipient,
    subject: message.subject ?? '',
    status: message.status,
    created_at: message.createdAt,
    sent_at: message.sentAt,
  };
}

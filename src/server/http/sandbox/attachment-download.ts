import type { FastifyInstance } from 'fastify';
import { uuidOfPublicId } from '#shared/ids/index.ts';
import type { App } from '#server/flows/app.ts';
import { filesById } from '#server/modules/documents/index.ts';
import { emailById } from '#server/modules/notifications/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';

/** Downloads what travelled with an e-mail, from the sandbox's mailbox. */
export function attachmentDownload(server: FastifyInstance, app: App): void {
  server.get<{ Params: { id: string; filename: string } }>(
    '/sandbox/messages/:id/attachments/:filename',
    async (request, reply) => {
      const messageId = uuidOfPublicId('eml', request.params.id);
      if (messageId === null) throw new NotFound('e-mail');
      // The sandbox's mailbox is everybody's: it holds the mail of all accounts.
      const files = await inRead(app, 'system', async (db) => {
        const message = await emailById(db, messageId);
        return await filesById(db, message.attachmentFileIds);
      });
      const file = files.find((candidate) => candidate.filename === request.params.filename);
      if (file === undefined) throw new NotFound('attachment');
      return await reply
        .type(file.contentType)
        .header('content-disposition', `attachment; filename="${file.filename}"`)
        .send(file.content);
    },
  );
}

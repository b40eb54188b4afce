import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StoredFile } from '#server/modules/documents/index.ts';

/** Answers a kept file as a download; who has it already is told so. */
export async function sendFile(file: StoredFile, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const etag = `"${file.sha256.toString('hex')}"`;
  void reply.header('etag', etag).header('cache-control', 'private, no-cache');
  if (request.headers['if-none-match'] === etag) {
    await reply.code(304).send();
    return;
  }
  await reply
    .type(file.contentType)
    .header('content-disposition', `attachment; filename="${file.filename}"`)
    .send(file.content);
}

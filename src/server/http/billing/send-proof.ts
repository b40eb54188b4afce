import type { FastifyReply } from 'fastify';
import type { StoredFile } from '#server/modules/documents/index.ts';

/**
 * Answers a file that a stranger sent: as a download under its own kind, told by its bytes when it came, and with nothing
 * allowed should a browser show it all the same.
 */
export async function sendProof(file: StoredFile, reply: FastifyReply): Promise<void> {
  const plain = file.filename.replaceAll(/[^\x20-\x7e]|["\\]/g, '_');
  await reply
    .type(file.contentType)
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encoded(file.filename)}`)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cross-origin-resource-policy', 'same-origin')
    .header('cache-control', 'private, no-store')
    .send(file.content);
}

/** A name as RFC 8187 writes it. */
function encoded(name: string): string {
  return encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

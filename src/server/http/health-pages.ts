import { sql } from 'kysely';
import type { FastifyInstance } from 'fastify';
import type { App } from '#server/flows/app.ts';
import { inRead } from '#server/platform/db/index.ts';

/** Whether the process lives (`/healthz`), and whether it can serve (`/readyz`: the database answers). */
export function healthPages(server: FastifyInstance, app: App): void {
  server.get('/healthz', { config: { rateLimit: false } }, async () => await Promise.resolve({ ok: true }));
  server.get('/readyz', { config: { rateLimit: false } }, async () => {
    // Touches no row; the scope only has to be one.
    await inRead(app, 'system', async (db) => await sql`select 1`.execute(db));
    return { ok: true };
  });
}

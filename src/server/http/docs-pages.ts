import { readFile } from 'node:fs/promises';
import path from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { type ProblemCode, problems } from '#shared/contract/problems.ts';
import { problemPage, referencePage, referenceStart } from './docs-html.ts';
import { openApiDocument } from './openapi.ts';

/** Where the pages of docs/ lie. */
const docsDirectory = path.join(import.meta.dirname, '../../../docs');

/** The API's description, its reference page, and a page for each problem code. */
export function docsPages(server: FastifyInstance): void {
  const description = JSON.stringify(openApiDocument());
  let script: Promise<string> | undefined;
  server.get('/v1/openapi.json', async (_request, reply) => await reply.type('application/json').send(description));
  server.get(
    '/docs/api',
    async (_request, reply) => await reply.type('text/html; charset=utf-8').send(referencePage()),
  );
  server.get(
    '/docs/api/start.js',
    async (_request, reply) => await reply.type('text/javascript').send(referenceStart()),
  );
  server.get('/docs/api/scalar.js', async (_request, reply) => {
    script ??= scalarScript();
    return await reply
      .type('text/javascript')
      .header('cache-control', 'public, max-age=86400')
      .send(await script);
  });
  server.get<{ Params: { code: string } }>('/docs/problems/:code', async (request, reply) => {
    const { code } = request.params;
    if (!Object.hasOwn(problems, code)) return reply.callNotFound();
    const markdown = await readFile(path.join(docsDirectory, 'problems', `${code}.md`), 'utf8');
    return await reply.type('text/html; charset=utf-8').send(problemPage(code as ProblemCode, markdown));
  });
}

/**
 * The reference page's script. The library only serves it from a route of its own, beside a page whose inline script our
 * content security policy refuses; so a server that never listens is asked for it, once, when somebody reads the page.
 */
async function scalarScript(): Promise<string> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const unheard = Fastify();
  await unheard.register(scalar, { routePrefix: '/reference', configuration: { url: '/v1/openapi.json' } });
  const answer = await unheard.inject('/reference/js/scalar.js');
  await unheard.close();
  return answer.body;
}

import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { DomainError } from '#server/platform/errors/index.ts';
import { sendProblem } from './problem.ts';

/** Addresses below these are no pages: what is not there is a problem document, never the app in its place. */
const programPaths = /^\/(v1|assets|sandbox\/(stripe|paypal|clock|messages))(\/|$)/;

/** Serves the built pages; every address that is no program's is a page of the app, which finds its own way. */
export async function webPages(server: FastifyInstance, directory: string): Promise<void> {
  const isBuilt = existsSync(path.join(directory, 'index.html'));
  if (isBuilt) {
    await server.register(fastifyStatic, {
      root: directory,
      preCompressed: true,
      index: false,
      setHeaders: (reply, file) => {
        const isHashed = file.includes(`${path.sep}assets${path.sep}`);
        reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  server.setNotFoundHandler(async (request, reply) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !programPaths.test(request.url);
    if (isPage && isBuilt) return await reply.sendFile('index.html', { cacheControl: false });
    const detail = isPage ? 'The pages are not built: run `npm run build:web`.' : 'There is nothing at this address.';
    return sendProblem(new DomainError('not_found', detail), request, reply);
  });
}

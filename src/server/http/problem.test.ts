import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify from 'fastify';
import { sendProblem } from './problem.ts';

type Told = { readonly status: number; readonly code: string; readonly detail: string };

/** What a caller is told when a handler throws this, and what was logged as an error meanwhile. */
async function toldOf(thrown: unknown): Promise<{ told: Told; logged: string[]; headers: Record<string, unknown> }> {
  const logged: string[] = [];
  const server = Fastify({ logger: { level: 'error', stream: { write: (line: string) => void logged.push(line) } } });
  try {
    server.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
    server.get('/', async () => await Promise.reject(thrown));
    const answer = await server.inject({ method: 'GET', url: '/' });
    return { told: answer.json<Told>(), logged, headers: answer.headers };
  } finally {
    await server.close();
  }
}

function databaseError(code: string, members: Record<string, unknown> = {}): Error {
  return Object.assign(new Error('what the driver says'), { code, ...members });
}

test('a lost database leaves open what happened, and names the safe way to try again', async () => {
  const lost = [
    Object.assign(new Error('Connection terminated unexpectedly'), {}),
    databaseError('ECONNRESET'),
    databaseError('57P01'),
    databaseError('0A000', { routine: 'RevalidateCachedQuery' }),
  ];
  for (const thrown of lost) {
    const { told, headers } = await toldOf(thrown);
    assert.deepEqual([told.status, told.code, headers['retry-after']], [503, 'database_unavailable', '2']);
    assert.match(told.detail, /not known whether/);
    assert.match(told.detail, /same Idempotency-Key/);
    assert.doesNotMatch(told.detail, /nothing was changed/i);
  }
});

test('a feature PostgreSQL does not have is a fault of ours', async () => {
  assert.equal((await toldOf(databaseError('0A000'))).told.code, 'internal_error');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify from 'fastify';
import pg from 'pg';
import { sendProblem } from './problem.ts';

type Told = { readonly status: number; readonly code: string; readonly detail: string };

/** What a caller is told when a handler throws this, and what was logged as an error meanwhile. */
async function toldOf(thrown: Error): Promise<{ told: Told; logged: string[]; headers: Record<string, unknown> }> {
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

test('a value the database cannot hold is told as such, and logged because the contract let it pass', async () => {
  const refused = ['22021', '22008', '22P02', '22003'].map((code) =>
    Object.assign(new pg.DatabaseError('what PostgreSQL says', 20, 'error'), { code }),
  );
  for (const thrown of refused) {
    const { told, logged } = await toldOf(thrown);
    assert.deepEqual([told.status, told.code], [422, 'validation_failed']);
    assert.match(told.detail, /control character/);
    assert.doesNotMatch(told.detail, /PostgreSQL/);
    assert.equal(logged.length, 1);
  }
  assert.equal((await toldOf(databaseError('22'))).told.code, 'internal_error');
});

test('a feature PostgreSQL does not have is a fault of ours', async () => {
  assert.equal((await toldOf(databaseError('0A000'))).told.code, 'internal_error');
});

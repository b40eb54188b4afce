import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fastify from 'fastify';
import type { App } from '#server/flows/app.ts';
import { type Actor, anonymous } from '#server/modules/team/index.ts';
import { assertSameOrigin, ForeignOrigin } from './same-origin.ts';

const app = { publicUrl: () => 'https://billing.example.com' } as App;
const user: Actor = { ...anonymous, type: 'user', id: 'u' };
const key: Actor = { ...anonymous, type: 'account_key', id: 'k' };

/** Whether a request passes, put through a real server so that headers and route are what a handler sees. */
async function passes(
  actor: Actor,
  headers: Record<string, string>,
  { method = 'POST', url = '/v1/account/api-keys/' }: { method?: 'POST' | 'GET' | 'DELETE'; url?: string } = {},
): Promise<boolean> {
  const server = fastify();
  let refused: unknown = null;
  server.route({
    method,
    url,
    handler: async (request) => {
      try {
        assertSameOrigin(app, request, actor);
      } catch (thrown) {
        refused = thrown;
      }
      return {};
    },
  });
  await server.inject({ method, url, headers: { host: 'internal:3000', ...headers } });
  await server.close();
  if (refused !== null) assert.ok(refused instanceof ForeignOrigin);
  return refused === null;
}

describe('the origin of writes', () => {
  test('a write with a session passes from the public address and from the host it was sent to', async () => {
    assert.ok(await passes(user, { origin: 'https://billing.example.com' }));
    assert.ok(await passes(user, { origin: 'http://internal:3000' }));
    assert.ok(await passes(user, { origin: 'http://localhost:5173', 'sec-fetch-site': 'same-origin' }));
    assert.ok(await passes(user, { 'sec-fetch-site': 'none' }));
  });

  test('a write with a session from another site, or from nobody knows where, is refused', async () => {
    const foreign: Record<string, string>[] = [
      {},
      { origin: 'null' },
      { origin: '' },
      { origin: 'https://evil.example' },
      { origin: 'https://billing.example.com.evil.example' },
      { origin: 'http://billing.example.com' },
      { origin: 'https://sub.billing.example.com', 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { referer: 'https://billing.example.com/' },
    ];
    for (const headers of foreign) {
      assert.ok(!(await passes(user, headers)), JSON.stringify(headers));
      assert.ok(!(await passes(user, headers, { method: 'DELETE' })), JSON.stringify(headers));
    }
  });

  test('signing in is guarded although nobody is signed in yet', async () => {
    const url = '/v1/auth/sign-in/';
    assert.ok(!(await passes(anonymous, { origin: 'https://evil.example' }, { url })));
    assert.ok(!(await passes(anonymous, {}, { url })));
    assert.ok(await passes(anonymous, { origin: 'https://billing.example.com' }, { url }));
  });

  test('reads, keys and requests without a session are not asked', async () => {
    assert.ok(await passes(user, { origin: 'https://evil.example' }, { method: 'GET' }));
    assert.ok(await passes(key, { origin: 'https://evil.example' }));
    assert.ok(await passes(anonymous, {}, { url: '/sandbox/clock/' }));
  });
});

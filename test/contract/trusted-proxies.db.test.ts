import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { routes } from '#shared/contract/routes.ts';
import { createTestApp, type TestApp } from '#test/support/test-app.ts';

describe('the rate limit counts clients, not proxies', () => {
  const apps: TestApp[] = [];
  let ours: TestApp;
  let unconfigured: TestApp;

  before(async () => {
    ours = await createTestApp({ environment: { PURSER_TRUSTED_PROXIES: '10.0.0.0/8' } });
    apps.push(ours);
    unconfigured = await createTestApp();
    apps.push(unconfigured);
  });
  after(async () => {
    for (const app of apps) await app.close();
  });

  /** How many requests the one counted for this request has left. */
  async function left(app: TestApp, proxy: string, client: string): Promise<number> {
    const [, url = ''] = routes.getSession.split(' ');
    const headers = { 'x-forwarded-for': client };
    const answer = await app.server.inject({ method: 'GET', url, headers, remoteAddress: proxy });
    assert.equal(answer.statusCode, 200, answer.body);
    return Number(answer.headers['ratelimit-remaining']);
  }

  test('behind a named proxy each client has a limit of its own', async () => {
    const first = await left(ours, '10.1.2.3', '203.0.113.1');
    assert.equal(await left(ours, '10.1.2.3', '203.0.113.2'), first);
    assert.equal(await left(ours, '10.200.0.1', '203.0.113.1'), first - 1, 'another of the proxies, the same client');
  });

  test('a proxy that is not named is one client, whatever it says', async () => {
    const first = await left(ours, '192.0.2.1', '203.0.113.11');
    assert.equal(await left(ours, '192.0.2.1', '203.0.113.12'), first - 1);
    const alone = await left(unconfigured, '10.1.2.3', '203.0.113.11');
    assert.equal(await left(unconfigured, '10.1.2.3', '203.0.113.12'), alone - 1);
  });

  test('without a word a proxy on this machine is believed', async () => {
    const first = await left(unconfigured, '127.0.0.1', '203.0.113.21');
    assert.equal(await left(unconfigured, '::1', '203.0.113.22'), first);
  });
});

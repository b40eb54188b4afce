import assert from 'node:assert/strict';
import type { OutgoingHttpHeaders } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { startTestApi, type TestApi } from '#test/support/test-api.ts';

describe('the HTTP server', () => {
  let api: TestApi;

  before(async () => {
    api = await startTestApi();
  });
  after(async () => {
    await api.close();
  });

  test('sets the security headers of every answer, the first and the later ones alike', async () => {
    const answers: OutgoingHttpHeaders[] = [];
    for (const url of ['/v1/openapi.json', '/v1/openapi.json', '/v1/credits/balance/', '/nowhere', '/healthz']) {
      answers.push((await api.server.inject({ url })).headers);
    }
    for (const headers of answers) {
      assert.match(String(headers['content-security-policy']), /^default-src 'self';script-src 'self';/);
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['x-frame-options'], 'SAMEORIGIN');
      assert.equal(headers['referrer-policy'], 'same-origin');
      assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
      assert.equal(headers['strict-transport-security'], undefined, 'over plain HTTP it would lock the browser out');
    }
    const secure = (index: number) => {
      const { date: _, 'x-request-id': __, ...rest } = answers[index] ?? {};
      return Object.fromEntries(
        Object.entries(rest).filter(([name]) => !name.startsWith('x-ratelimit') && !name.startsWith('ratelimit')),
      );
    };
    assert.deepEqual(secure(1), secure(0));
  });
});

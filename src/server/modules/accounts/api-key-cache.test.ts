import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Clock } from '#server/platform/clock/index.ts';
import { createApiKeyCache } from './api-key-cache.ts';
import type { KnownApiKey } from './api-keys.ts';

const key: KnownApiKey = { id: 'k', scopes: ['read'], account: null, lastUsedAt: null };

function handClock(): Clock & { moveMs(by: number): void } {
  let nowMs = Date.UTC(2026, 0, 1);
  return {
    now: () => new Date(nowMs),
    wall: () => new Date(nowMs),
    offsetMs: () => 0,
    adoptOffset: () => undefined,
    moveMs: (by) => {
      nowMs += by;
    },
  };
}

describe('the cache of API keys', () => {
  test('an answer, a negative one too, is believed for less than five seconds', async () => {
    for (const answer of [key, null]) {
      const clock = handClock();
      const cache = createApiKeyCache(clock);
      let asked = 0;
      const find = () =>
        cache.find(Buffer.from('a'), async () => {
          asked += 1;
          return answer;
        });
      assert.equal(await find(), answer);
      clock.moveMs(4_999);
      assert.equal(await find(), answer);
      assert.equal(asked, 1);
      clock.moveMs(1);
      await find();
      assert.equal(asked, 2);
    }
  });

  test('the age is counted from the question, not from a slow answer', async () => {
    const clock = handClock();
    const cache = createApiKeyCache(clock);
    await cache.find(Buffer.from('a'), async () => {
      clock.moveMs(4_000);
      return key;
    });
    clock.moveMs(1_000);
    assert.equal(await cache.find(Buffer.from('a'), async () => null), null);
  });

  test('a machine clock that is set back does not keep a revoked key alive', async () => {
    const clock = handClock();
    const cache = createApiKeyCache(clock);
    await cache.find(Buffer.from('a'), async () => key);
    clock.moveMs(-3_600_000);
    assert.equal(await cache.find(Buffer.from('a'), async () => null), null);
  });

  test('a failed look-up is not remembered', async () => {
    const cache = createApiKeyCache(handClock());
    await assert.rejects(
      cache.find(Buffer.from('a'), () => Promise.reject(new Error('no database'))),
      /no database/,
    );
    assert.equal(await cache.find(Buffer.from('a'), async () => key), key);
  });

  test('10,000 answers are kept; the oldest gives way', async () => {
    const cache = createApiKeyCache(handClock());
    for (let index = 0; index <= 10_000; index += 1) await cache.find(Buffer.from(String(index)), async () => key);
    let asked = 0;
    const look = async () => {
      asked += 1;
      return key;
    };
    await cache.find(Buffer.from('10000'), look);
    await cache.find(Buffer.from('2'), look);
    assert.equal(asked, 0);
    await cache.find(Buffer.from('0'), look);
    assert.equal(asked, 1);
  });
});

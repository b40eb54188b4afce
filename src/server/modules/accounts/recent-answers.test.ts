import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Clock } from '#server/platform/clock/index.ts';
import type { KnownApiKey } from './api-keys.ts';
import { createRecentAnswers } from './recent-answers.ts';

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

describe('recent answers about keys and accounts', () => {
  test('an answer, a negative one too, is believed for less than five seconds', async () => {
    for (const answer of [key, null]) {
      const clock = handClock();
      const cache = createRecentAnswers<KnownApiKey | null>(clock);
      let asked = 0;
      const find = () =>
        cache.find('a', async () => {
          asked += 1;
          return answer;
        });
      assert.equal(cache.known('a'), undefined);
      assert.equal(await find(), answer);
      clock.moveMs(4_999);
      assert.equal(cache.known('a'), answer);
      assert.equal(await find(), answer);
      assert.equal(asked, 1);
      clock.moveMs(1);
      assert.equal(cache.known('a'), undefined);
      await find();
      assert.equal(asked, 2);
    }
  });

  test('the age is counted from the question, not from a slow answer', async () => {
    const clock = handClock();
    const cache = createRecentAnswers<KnownApiKey | null>(clock);
    await cache.find('a', async () => {
      clock.moveMs(4_000);
      return key;
    });
    clock.moveMs(1_000);
    assert.equal(await cache.find('a', async () => null), null);
  });

  test('a machine clock that is set back does not keep a revoked key alive', async () => {
    const clock = handClock();
    const cache = createRecentAnswers<KnownApiKey | null>(clock);
    await cache.find('a', async () => key);
    clock.moveMs(-3_600_000);
    assert.equal(await cache.find('a', async () => null), null);
  });

  test('a failed look-up is not remembered', async () => {
    const cache = createRecentAnswers<KnownApiKey | null>(handClock());
    await assert.rejects(
      cache.find('a', () => Promise.reject(new Error('no database'))),
      /no database/,
    );
    assert.equal(await cache.find('a', async () => key), key);
  });

  test('10,000 answers are kept; the oldest gives way', async () => {
    const cache = createRecentAnswers<KnownApiKey | null>(handClock());
    for (let index = 0; index <= 10_000; index += 1) await cache.find(String(index), async () => key);
    let asked = 0;
    const look = async () => {
      asked += 1;
      return key;
    };
    await cache.find('10000', look);
    await cache.find('2', look);
    assert.equal(asked, 0);
    await cache.find('0', look);
    assert.equal(asked, 1);
  });
});

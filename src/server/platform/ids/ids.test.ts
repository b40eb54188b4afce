import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Clock } from '../clock/index.ts';
import { createIds } from './index.ts';

function clockAt(instants: readonly number[]): Clock {
  let index = 0;
  const now = () => new Date(instants[Math.min(index++, instants.length - 1)] ?? 0);
  return { now, wall: now, offsetMs: () => 0, adoptOffset: () => undefined };
}

describe('ids', () => {
  test('are UUIDs of version 7 with the time of the clock in front', () => {
    const at = Date.UTC(2027, 0, 1);
    const id = createIds(clockAt([at])).next();
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16), at);
  });

  test('sort in the order of their making, within a millisecond, past what it can count, and when the clock steps back', () => {
    const at = Date.UTC(2027, 0, 1);
    for (const instants of [[at], [at, at - 5_000, at - 10_000], [at, at + 1, at + 1, at]]) {
      const ids = createIds(clockAt(instants));
      const made = Array.from({ length: 10_000 }, () => ids.next());
      assert.deepEqual(made, made.toSorted());
      assert.equal(new Set(made).size, made.length);
    }
  });

  test('of two sources at one moment are not the same', () => {
    const [one, other] = [createIds(clockAt([0])), createIds(clockAt([0]))];
    assert.notEqual(one.next(), other.next());
  });
});

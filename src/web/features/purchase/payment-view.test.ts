import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pollAsksGateway, pollDelay } from './payment-view.ts';

describe('asking again about a payment', () => {
  it('starts after a second and slows down to fifteen', () => {
    const delays = Array.from({ length: 12 }, (_, asked) => pollDelay(asked + 1));
    assert.equal(delays[0], 1_000);
    assert.ok(delays.every((delay, index) => index === 0 || delay >= (delays[index - 1] ?? 0)));
    assert.equal(delays.at(-1), 15_000);
  });

  it('reaches the gateway regularly', () => {
    assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 7, 8].filter(pollAsksGateway), [0, 4, 8]);
  });
});

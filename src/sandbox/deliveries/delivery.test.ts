import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import { afterAttempt, type Attempt, type Delivery } from '#sandbox/deliveries/delivery.ts';

const delivery: Delivery = {
  id: 'd1',
  message: 'evt_1',
  topic: 'payment_intent.succeeded',
  address: 'we_1',
  status: 'pending',
  next_attempt_at: 1_000,
  attempts: [],
  created_at: 1_000,
};

function attempt(status: number | null): Attempt {
  return { at: 2_000, took_ms: 50, status, error: status === null ? 'refused' : null };
}

describe('a delivery after an attempt', () => {
  for (const status of [200, 204, 299]) {
    test(`is delivered by ${status}`, () => {
      const next = afterAttempt(delivery, attempt(status), [10]);
      assert.equal(next.status, 'delivered');
      assert.equal(next.next_attempt_at, null);
    });
  }

  for (const status of [null, 301, 400, 410, 500]) {
    test(`waits after ${status ?? 'no answer'}, longer each time, and is given up in the end`, () => {
      const first = afterAttempt(delivery, attempt(status), [10, 500]);
      assert.equal(first.status, 'pending');
      assert.equal(first.next_attempt_at, 2_060);
      const second = afterAttempt(first, attempt(status), [10, 500]);
      assert.equal(second.next_attempt_at, 2_550);
      const third = afterAttempt(second, attempt(status), [10, 500]);
      assert.equal(third.status, 'failed');
      assert.equal(third.attempts.length, 3);
    });
  }
});

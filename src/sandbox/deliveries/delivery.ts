/** One attempt to hand a message over, in wall-clock milliseconds. */
export type Attempt = { at: number; took_ms: number; status: number | null; error: string | null };

/**
 * One message on its way to one address. `pending` waits for `next_attempt_at`, `held` for a release, `dropped` was lost
 * on purpose, `failed` has used up its attempts.
 */
export type Delivery = {
  id: string;
  message: string;
  topic: string;
  address: string;
  status: 'pending' | 'held' | 'dropped' | 'delivered' | 'failed';
  next_attempt_at: number | null;
  attempts: Attempt[];
  created_at: number;
};

/** What is sent over the wire in one attempt; made anew each time, since a signature carries the time. */
export type OutgoingRequest = { url: string; headers: Record<string, string>; body: string };

/** Waits between attempts, in milliseconds: quick at first so that a developer sees a retry, then as patient as a gateway. */
export const defaultRetryDelays = [1_000, 5_000, 30_000, 300_000, 3_600_000, 21_600_000, 86_400_000];

/** The delivery after one more attempt: delivered, waiting for the next one, or given up. Pure. */
export function afterAttempt(delivery: Delivery, attempt: Attempt, retryDelays: readonly number[]): Delivery {
  const attempts = [...delivery.attempts, attempt].slice(-50);
  if (attempt.status !== null && attempt.status >= 200 && attempt.status < 300) {
    return { ...delivery, attempts, status: 'delivered', next_attempt_at: null };
  }
  const wait = retryDelays[attempts.length - 1];
  if (wait === undefined) return { ...delivery, attempts, status: 'failed', next_attempt_at: null };
  return { ...delivery, attempts, status: 'pending', next_attempt_at: attempt.at + attempt.took_ms + wait };
}

/**
 * The time everything due goes by: wall time plus an offset that only grows. The offset moves in sandbox mode alone;
 * sessions, tokens, rate limits, retries and webhook signatures use `wall()`.
 */
export type Clock = {
  /** The business instant, UTC. */
  now(): Date;
  /** The instant of the machine's own clock, UTC. */
  wall(): Date;
  /** How far `now` is ahead of `wall`, in milliseconds. */
  offsetMs(): number;
  /** Takes over an offset read from the database; a smaller one than held is ignored. */
  adoptOffset(offsetMs: number): void;
};

/** A clock that starts at an offset to wall time, in milliseconds. */
export function createClock(offsetMs = 0): Clock {
  let offset = offsetMs;
  return {
    now: () => new Date(Date.now() + offset),
    wall: () => new Date(),
    offsetMs: () => offset,
    adoptOffset(next) {
      offset = Math.max(offset, next);
    },
  };
}

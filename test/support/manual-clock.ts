import type { Clock } from '#server/platform/clock/index.ts';

/** A clock that stands still until it is moved. */
export type ManualClock = Clock & { moveBy(ms: number): void };

/** A clock that stands at an instant. */
export function createManualClock(start: Date): ManualClock {
  let nowMs = start.getTime();
  return {
    now: () => new Date(nowMs),
    wall: () => new Date(nowMs),
    offsetMs: () => 0,
    adoptOffset: () => undefined,
    moveBy(ms) {
      nowMs += ms;
    },
  };
}

import { randomFillSync } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';

/** Makes ids: UUIDv7 (RFC 9562) of the injected clock, so that rows sort by the time of their making. */
export type Ids = { next(): string };

/**
 * An id source on `clock`. Ids of one millisecond are counted up in the 12 bits after the time, so that those of one
 * process sort in the order they were made.
 */
export function createIds(clock: Clock): Ids {
  let lastMs = 0;
  let counter = 0;
  const bytes = Buffer.alloc(16);
  const chance = createChance(8);
  return {
    next() {
      const nowMs = clock.now().getTime();
      if (nowMs > lastMs) {
        lastMs = nowMs;
        counter = 0;
      } else {
        counter += 1;
        if (counter > 0xfff) {
          lastMs += 1;
          counter = 0;
        }
      }
      chance(bytes, 8);
      bytes.writeUIntBE(lastMs, 0, 6);
      bytes.writeUInt16BE(0x7000 | counter, 6);
      bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
      const hex = bytes.toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    },
  };
}

/** How many ids' worth of chance is asked of the system at once: asking costs more than the bytes do. */
const chanceIds = 512;

/** Fills the last `length` bytes of an id with chance, each byte of it used once. */
function createChance(length: number): (target: Buffer, at: number) => void {
  const pool = Buffer.alloc(length * chanceIds);
  let used = pool.length;
  return (target, at) => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    pool.copy(target, at, used, used + length);
    used += length;
  };
}

/** Where a write takes its time and its ids from. */
export type Source = { readonly clock: Clock; readonly ids: Ids };

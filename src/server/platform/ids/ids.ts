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
      randomFillSync(bytes);
      bytes.writeUIntBE(lastMs, 0, 6);
      bytes.writeUInt16BE(0x7000 | counter, 6);
      bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
      const hex = bytes.toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    },
  };
}

/** Where a write takes its time and its ids from. */
export type Source = { readonly clock: Clock; readonly ids: Ids };

import type { Clock } from '#server/platform/clock/index.ts';
import type { KnownApiKey } from './api-keys.ts';

/** How long an answer about a key is believed, in milliseconds of wall time: a revoked key works no longer than that. */
const lifetimeMs = 5_000;
const entriesMax = 10_000;

type Entry = { readonly key: KnownApiKey | null; readonly askedAtMs: number };

/** What this process has lately learnt about keys, those that are none included. */
export type ApiKeyCache = {
  /** The key with this hash as known at most five seconds ago, else what `look` finds. */
  find(keyHash: Buffer, look: () => Promise<KnownApiKey | null>): Promise<KnownApiKey | null>;
};

/** An empty cache of at most 10,000 answers; the oldest gives way. */
export function createApiKeyCache(clock: Clock): ApiKeyCache {
  const entries = new Map<string, Entry>();

  function remember(hash: string, entry: Entry): void {
    entries.delete(hash);
    entries.set(hash, entry);
    if (entries.size <= entriesMax) return;
    const oldest = entries.keys().next();
    if (oldest.done !== true) entries.delete(oldest.value);
  }

  return {
    async find(keyHash, look) {
      const hash = keyHash.toString('base64');
      // Taken before the look-up, since the answer may be as old as its question.
      const nowMs = clock.wall().getTime();
      const entry = entries.get(hash);
      const ageMs = entry === undefined ? lifetimeMs : nowMs - entry.askedAtMs;
      // A machine's clock that was set back makes an age negative, and the entry's real age unknown.
      if (entry !== undefined && ageMs >= 0 && ageMs < lifetimeMs) return entry.key;
      const key = await look();
      remember(hash, { key, askedAtMs: nowMs });
      return key;
    },
  };
}

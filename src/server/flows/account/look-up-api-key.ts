import {
  findApiKey,
  hashOfApiKey,
  isApiKey,
  type KnownApiKey,
  noteKeyUse,
  type RecentAnswers,
} from '#server/modules/accounts/index.ts';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';

const useNotedEveryMs = 60_000;

/**
 * The key in force that a request carries; null when it is none of ours or was revoked, as known at most five seconds
 * ago. Its use is noted at most once a minute, by the request that asks the database anyway: the one short write needs
 * neither a queue nor somebody to wait for it at the end.
 */
export async function lookUpApiKey(
  app: App,
  recent: RecentAnswers<KnownApiKey | null>,
  text: string,
): Promise<KnownApiKey | null> {
  // A mistyped or invented key is refused by its checksum, without a query.
  if (!isApiKey(text)) return null;
  const keyHash = hashOfApiKey(text);
  return await recent.find(keyHash.toString('base64'), async () => {
    // System scope: the key is what tells the account.
    const key = await inRead(app, 'system', (db) => findApiKey(db, keyHash));
    if (key === null) return null;
    const now = app.clock.now();
    if (key.lastUsedAt === null || now.getTime() - key.lastUsedAt.getTime() >= useNotedEveryMs) {
      await inTransaction(app, 'system', (tx) => noteKeyUse(tx, key.id, now));
    }
    return key;
  });
}

import { newIdempotencyKey } from '#web/lib/idempotency-key.ts';

/** Where the keys of purchases under way are kept: `sessionStorage`, so that a reload finds them and a new tab does not. */
export type KeyStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** How many started purchases one tab remembers; the oldest is forgotten first. */
const keysMax = 8;

/**
 * The Idempotency-Key of one purchase: the same for the same account and body, in this tab, until it is forgotten. A
 * double click or a reload in the middle of a purchase therefore repeats the same purchase, and another package is
 * another one. Coming back to a package whose card was declined finds its open payment instead of a second invoice.
 */
export function purchaseKey(storage: KeyStorage, accountId: string, body: object): string {
  const name = JSON.stringify([accountId, body]);
  const keys = readKeys(storage);
  const known = keys.find((entry) => entry.name === name);
  if (known) return known.key;
  const key = newIdempotencyKey();
  writeKeys(storage, [...keys, { name, key }].slice(-keysMax));
  return key;
}

/** Forgets every purchase of this tab, so that the next click starts a new one: after success, or an end without money. */
export function forgetPurchaseKeys(storage: KeyStorage): void {
  storage.removeItem(storageName);
  unstored = [];
}

type StoredKey = { name: string; key: string };

const storageName = 'purser.purchase-keys';

/** Stands in when the browser refuses storage (private windows of some): a reload then starts anew, a double click not. */
let unstored: StoredKey[] = [];

function readKeys(storage: KeyStorage): StoredKey[] {
  try {
    const parsed: unknown = JSON.parse(storage.getItem(storageName) ?? '[]');
    return Array.isArray(parsed) && parsed.every(isStoredKey) && parsed.length > 0 ? parsed : unstored;
  } catch {
    return unstored;
  }
}

function writeKeys(storage: KeyStorage, keys: StoredKey[]): void {
  try {
    storage.setItem(storageName, JSON.stringify(keys));
    unstored = [];
  } catch {
    unstored = keys;
  }
}

function isStoredKey(value: unknown): value is StoredKey {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'key' in value &&
    typeof value.key === 'string'
  );
}

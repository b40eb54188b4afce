import { randomText } from '../serving/random-text.ts';

/** A new id with Stripe's prefix, such as `pi_` and 24 letters or digits. */
export function newId(prefix: string, length = 24): string {
  return `${prefix}_${randomText(length)}`;
}

/** The secret that a browser shows to act on one intent; it starts with the id of the intent. */
export function newClientSecret(intentId: string): string {
  return `${intentId}_secret_${randomText(25)}`;
}

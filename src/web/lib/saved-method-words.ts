import type { SavedMethodsTexts } from '#shared/texts/saved-methods.ts';
import type { ApiResult } from './api.ts';
import { cardName } from './card-name.ts';

/** A payment method the account has saved. */
export type SavedMethod = ApiResult<'listSavedMethods'>['data'][number];

/** The name of a saved method: `Visa ending 4242`, `PayPal (ada@example.com)`. */
export function savedMethodName(texts: SavedMethodsTexts, { details }: Pick<SavedMethod, 'details'>): string {
  if (details.type === 'card') return texts.card(cardName(details.brand), details.last4);
  return details.payer_email === null ? texts.paypal : texts.paypalOf(details.payer_email);
}

/** The month in which a card expires, `August 2027`; null for what does not expire. */
export function expiryMonth({ details }: Pick<SavedMethod, 'details'>, locale: string): string | null {
  if (details.type !== 'card') return null;
  const month = new Date(Date.UTC(details.exp_year, details.exp_month - 1, 15));
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(month);
}

/**
 * The method whose expiry needs a reader's look, the default one first; null when none does. One that has expired and is
 * not charged by default harms nobody.
 */
export function expiringMethod(methods: readonly SavedMethod[]): SavedMethod | null {
  return methods.find((method) => method.expires_soon || (method.is_expired && method.is_default)) ?? null;
}

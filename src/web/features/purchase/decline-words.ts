import type { PurchaseTexts } from '#shared/texts/purchase.ts';

/** Why a payment was refused, in words that say what to do; the gateway's own words for a reason we have none for. */
export function declineWords(texts: PurchaseTexts, error: { code: string; message: string }): string {
  const reasons: Readonly<Record<string, string>> = texts.declines;
  return reasons[error.code] ?? error.message;
}

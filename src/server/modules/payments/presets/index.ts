import { bankTransfers } from './bank-transfers.ts';
import type { PaymentOptionPreset } from './preset.ts';
import { wallets } from './wallets.ts';

export { type PaymentOptionPreset, toBeFilledIn } from './preset.ts';

/** Ways to pay that are common in their countries, by country and name; the seller's own details are filled in. */
export const paymentOptionPresets: readonly PaymentOptionPreset[] = [...bankTransfers, ...wallets].toSorted((a, b) =>
  a.country === b.country ? (a.name < b.name ? -1 : 1) : a.country < b.country ? -1 : 1,
);

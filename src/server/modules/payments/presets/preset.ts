import type { Currency } from '#shared/money/index.ts';
import type { OptionKind } from '../payment-options.ts';
import type { NewPaymentOption } from '../payment-options-store.ts';
import type { Demand, PaymentCodeTerms } from '../transfer-terms.ts';

/** A way to pay that is common in a country, to be filled in with the seller's own details. */
export type PaymentOptionPreset = {
  readonly code: string;
  readonly country: string;
  readonly name: string;
  readonly option: NewPaymentOption;
};

/** Stands where the seller's own details belong; an option that still has it is refused. */
export const toBeFilledIn = '…';

/** What a preset says beyond what most share. */
type PresetText = {
  readonly country: string;
  readonly method: string;
  readonly kind: OptionKind;
  readonly name: string;
  readonly currency: Currency;
  readonly labels: readonly string[];
  readonly instructions: string;
  readonly code?: PaymentCodeTerms;
  readonly demands?: Partial<Record<'payerName' | 'payerAccount' | 'transactionId' | 'proof', Demand>>;
  readonly pattern?: string;
  readonly hint?: string;
  readonly expiresAfterDays?: number;
};

/** A preset from its text: limited to its currency, with a declaration that asks for little. */
export function preset(text: PresetText): PaymentOptionPreset {
  const { country, method, kind, name, currency, demands } = text;
  return {
    code: `${country.toLowerCase()}_${method}`,
    country,
    name,
    option: {
      country,
      method,
      kind,
      displayName: name,
      instructions: text.instructions,
      limits: [{ currency, minMinor: null, maxMinor: null }],
      terms: {
        fields: text.labels.map((label) => ({ label, value: toBeFilledIn })),
        paymentCode: text.code ?? null,
        demands: {
          payerName: demands?.payerName ?? 'optional',
          payerAccount: demands?.payerAccount ?? 'optional',
          transactionId: demands?.transactionId ?? 'optional',
          proof: demands?.proof ?? 'optional',
        },
        transactionIdPattern: text.pattern ?? null,
        transactionIdHint: text.hint ?? null,
        expiresAfterDays: text.expiresAfterDays ?? 7,
      },
      sortOrder: kind === 'wallet' ? 20 : 10,
      isEnabled: true,
    },
  };
}

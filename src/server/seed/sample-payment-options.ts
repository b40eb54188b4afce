import { type NewPaymentOption, type PaymentCodeTerms, paymentOptionPresets } from '../modules/payments/index.ts';

const plain = { instructions: null, limits: [], terms: null, isEnabled: true } as const;

/** The default set, and what is offered where there is more to offer; PayPal is shown where it is configured. */
export const samplePaymentOptions: readonly NewPaymentOption[] = [
  ...[null, 'US', 'GB', 'IE', 'DE'].flatMap((country) => [card(country), paypal(country)]),
  ...['PK', 'IN', 'BR', 'KE'].map(card),
  fromPreset('de_bank_transfer', sepaAccount(), sepaCode()),
  fromPreset('ie_bank_transfer', sepaAccount(), sepaCode()),
  fromPreset('gb_bank_transfer', ['Lanternworks Ltd', '12-34-56', '12345678']),
  fromPreset('us_bank_transfer', ['Lanternworks Ltd', '021000021', '021000021', '000123456789', 'Sample Bank']),
  fromPreset('pk_bank_transfer', ['Lanternworks (sample)', 'PK36 SCBL 0000 0011 2345 6702', 'Sample Bank Ltd']),
  fromPreset('pk_jazzcash', ['Lanternworks (sample)', '0300 0000000']),
  fromPreset('pk_easypaisa', ['Lanternworks (sample)', '0345 0000000']),
  fromPreset('in_upi', ['Lanternworks (sample)', 'lanternworks@samplebank'], {
    kind: 'upi',
    address: 'lanternworks@samplebank',
    name: 'Lanternworks',
  }),
  fromPreset('br_pix', ['Lanternworks (sample)', 'pix@lanternworks.example'], {
    kind: 'pix',
    key: 'pix@lanternworks.example',
    name: 'Lanternworks',
    city: 'DUBLIN',
  }),
  fromPreset('ke_mpesa', ['Lanternworks (sample)', '000000']),
];

function card(country: string | null): NewPaymentOption {
  return { ...plain, country, method: 'card', kind: 'card', displayName: 'Credit or debit card', sortOrder: 1 };
}

function paypal(country: string | null): NewPaymentOption {
  return { ...plain, country, method: 'paypal', kind: 'paypal', displayName: 'PayPal', sortOrder: 2 };
}

function fromPreset(code: string, values: readonly string[], paymentCode: PaymentCodeTerms | null = null) {
  const option = paymentOptionPresets.find((preset) => preset.code === code)?.option;
  if (option?.terms == null) throw new Error(`There is no preset ${code}.`);
  const fields = option.terms.fields.map(({ label }, index) => ({ label, value: values[index] ?? '' }));
  return { ...option, terms: { ...option.terms, fields, paymentCode } };
}

function sepaAccount(): readonly string[] {
  return ['Lanternworks Ltd (sample)', 'DE89 3704 0044 0532 0130 00', 'COBADEFFXXX', 'Sample Bank'];
}

function sepaCode(): PaymentCodeTerms {
  return { kind: 'epc', name: 'Lanternworks Ltd', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' };
}

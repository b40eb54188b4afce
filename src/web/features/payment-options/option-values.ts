import { decimalText, isCurrency, type Money } from '#shared/money/index.ts';
import type { ApiArguments } from '#web/lib/api.ts';
import { moneyFromWire } from '#web/lib/format.ts';
import { moneyOnWire, typedMoney } from '#web/lib/typed-money.ts';
import type { OptionPreset, OptionSettings, TransferTerms } from './options.ts';

/** How much of something a payer has to tell. */
export type Demand = TransferTerms['demands']['proof'];

/** The kinds of payment codes, and none. */
export const codeKinds = ['none', 'epc', 'upi', 'pix', 'swiss'] as const;
type CodeKind = (typeof codeKinds)[number];

/** What each kind of payment code is made of. */
export const codeMembers = {
  none: [],
  epc: ['name', 'iban', 'bic'],
  upi: ['address', 'name'],
  pix: ['key', 'name', 'city'],
  swiss: ['name', 'iban', 'postal_code', 'city', 'country'],
} as const satisfies Record<CodeKind, readonly string[]>;

/** A member of some payment code. */
export type CodeMember = Exclude<(typeof codeMembers)[CodeKind][number], never>;

/** A payment option as its form holds it: everything as typed. */
export type OptionValues = {
  /** ISO 3166-1, `default` for the default set, empty while none is chosen. */
  country: string;
  method: string;
  kind: OptionSettings['kind'];
  display_name: string;
  instructions: string;
  limits: { currency: string; min: string; max: string }[];
  sort_order: number | string;
  is_enabled: boolean;
  fields: { label: string; value: string }[];
  code: { kind: CodeKind } & Record<CodeMember, string>;
  demands: TransferTerms['demands'];
  transaction_id_pattern: string;
  transaction_id_hint: string;
  expires_after_days: number | string;
};

type Settings = OptionPreset['option'];
type Body = ApiArguments<'createPaymentOption'>['body'];

/** Where the seller's own details belong, a preset has this sign. */
const toBeFilledIn = '…';

/** What the form begins with for an option or a preset; what a preset leaves to be filled in is empty. */
export function valuesOf(option: Settings): OptionValues {
  const { transfer } = option;
  return {
    country: option.country ?? 'default',
    method: option.method,
    kind: option.kind,
    display_name: option.display_name,
    instructions: option.instructions ?? '',
    limits: option.limits.map(({ currency, min, max }) => ({
      currency,
      min: min === null ? '' : decimalText(moneyFromWire(min, currency)),
      max: max === null ? '' : decimalText(moneyFromWire(max, currency)),
    })),
    sort_order: option.sort_order,
    is_enabled: option.is_enabled,
    fields: (transfer?.fields ?? []).map(({ label, value }) => ({ label, value: filledIn(value) })),
    code: codeValues(transfer?.payment_code ?? null),
    demands: transfer?.demands ?? emptyDemands,
    transaction_id_pattern: transfer?.transaction_id_pattern ?? '',
    transaction_id_hint: transfer?.transaction_id_hint ?? '',
    expires_after_days: transfer?.expires_after_days ?? 7,
  };
}

/** What the form begins with for a kind of method that nobody has prepared. */
export function blankValues(
  kind: OptionSettings['kind'],
  names: { method: string; display_name: string },
): OptionValues {
  return valuesOf({
    country: null,
    kind,
    ...names,
    instructions: null,
    limits: [],
    sort_order: 10,
    is_enabled: true,
    transfer: isByHand({ kind })
      ? {
          fields: [{ label: '', value: '' }],
          payment_code: null,
          demands: emptyDemands,
          transaction_id_pattern: null,
          transaction_id_hint: null,
          expires_after_days: 7,
        }
      : null,
  });
}

/** Whether money of this kind comes by hand, so that the form asks where it goes. */
export function isByHand({ kind }: Pick<OptionValues, 'kind'>): boolean {
  return kind === 'transfer' || kind === 'wallet';
}

/** The body of the API for a form that holds. */
export function bodyOf(values: OptionValues): Body {
  return {
    country: values.country === 'default' ? null : values.country,
    method: values.method.trim(),
    kind: values.kind,
    display_name: values.display_name.trim(),
    instructions: values.instructions.trim() === '' ? null : values.instructions.trim(),
    limits: values.limits.map(({ currency, min, max }) => ({
      currency,
      min: limitOnWire(min, currency),
      max: limitOnWire(max, currency),
    })),
    sort_order: Number(values.sort_order),
    is_enabled: values.is_enabled,
    transfer: isByHand(values) ? termsOf(values) : null,
  };
}

function termsOf(values: OptionValues): TransferTerms {
  return {
    fields: values.fields.map(({ label, value }) => ({ label: label.trim(), value: value.trim() })),
    payment_code: codeOf(values.code),
    demands: values.demands,
    transaction_id_pattern: textOrNull(values.transaction_id_pattern),
    transaction_id_hint: textOrNull(values.transaction_id_hint),
    expires_after_days: Number(values.expires_after_days),
  };
}

function codeOf(code: OptionValues['code']): TransferTerms['payment_code'] {
  const { name, iban, bic, address, key, city, postal_code, country } = trimmed(code);
  switch (code.kind) {
    case 'none':
      return null;
    case 'epc':
      return { kind: 'epc', name, iban, bic: textOrNull(bic) };
    case 'upi':
      return { kind: 'upi', address, name };
    case 'pix':
      return { kind: 'pix', key, name, city };
    case 'swiss':
      return { kind: 'swiss', name, iban, postal_code, city, country: country.toUpperCase() };
    default:
      return neverKind(code.kind);
  }
}

function codeValues(code: TransferTerms['payment_code']): OptionValues['code'] {
  const blank = { name: '', iban: '', bic: '', address: '', key: '', city: '', postal_code: '', country: '' };
  if (code === null) return { kind: 'none', ...blank };
  const members = Object.entries(code).filter(([member]) => member !== 'kind');
  return {
    ...blank,
    ...Object.fromEntries(members.map(([member, value]) => [member, filledIn(value ?? '')])),
    kind: code.kind,
  };
}

function trimmed(code: OptionValues['code']): Record<CodeMember, string> {
  const { name, iban, bic, address, key, city, postal_code, country } = code;
  return {
    name: name.trim(),
    iban: iban.trim(),
    bic: bic.trim(),
    address: address.trim(),
    key: key.trim(),
    city: city.trim(),
    postal_code: postal_code.trim(),
    country: country.trim(),
  };
}

/** An amount of a limit: null when left empty, and when it is no amount, which the form does not let pass. */
export function limitMoney(typed: string, currency: string): Money | null {
  return typed.trim() === '' || !isCurrency(currency) ? null : typedMoney(typed, currency);
}

function limitOnWire(typed: string, currency: string): number | null {
  const limit = limitMoney(typed, currency);
  return limit === null ? null : moneyOnWire(limit);
}

/** The member of the form that a pointer of a refused request is about. */
export function fieldOfPointer(pointer: string): string {
  return pointer
    .replace(/^\/body\//, '')
    .replace(/^transfer\//, '')
    .replace(/^payment_code/, 'code')
    .replaceAll('/', '.');
}

const emptyDemands: TransferTerms['demands'] = {
  payer_name: 'optional',
  payer_account: 'optional',
  transaction_id: 'optional',
  proof: 'optional',
};

function filledIn(value: string): string {
  return value === toBeFilledIn ? '' : value;
}

function textOrNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

function neverKind(kind: never): never {
  throw new Error(`Unknown kind of payment code ${JSON.stringify(kind)}.`);
}

import type { TransferTerms } from './options.ts';

/** A bank detail before and after a change; null where there is none. */
export type BankLine = {
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
};

type Details = Pick<TransferTerms, 'fields' | 'payment_code'>;

/** Every bank detail before and after a change, in the new order, and then those that are gone. */
export function bankLines(before: Details | null, after: Details | null, codeName: (member: string) => string) {
  const earlier = linesOf(before, codeName);
  const later = linesOf(after, codeName);
  return [
    ...[...later].map(([label, value]): BankLine => ({ label, before: earlier.get(label) ?? null, after: value })),
    ...[...earlier]
      .filter(([label]) => !later.has(label))
      .map(([label, value]): BankLine => ({ label, before: value, after: null })),
  ];
}

function linesOf(details: Details | null, codeName: (member: string) => string): Map<string, string> {
  const code = Object.entries(details?.payment_code ?? {});
  return new Map([
    ...(details?.fields ?? []).map(({ label, value }): [string, string] => [label, value]),
    ...code
      .filter(([member, value]) => member !== 'kind' && value !== null)
      .map(([member, value]): [string, string] => [codeName(member), value ?? '']),
  ]);
}

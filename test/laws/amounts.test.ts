import { strict as assert } from 'node:assert';
import { before, describe, test } from 'node:test';
import { type LintReport, lintPlanted } from '#test/support/planted-lint.ts';

/** Lines that put an amount into a number, and the name of the sentence that must answer. */
const caught: readonly (readonly [sentence: string, line: string])[] = [
  ['amount-is-bigint', 'export type Invoice = { totalMinor: number };'],
  ['amount-is-bigint', 'export type Invoice = { readonly total_minor?: number | null };'],
  ['amount-is-bigint', 'export interface Invoice { unitPrice: number }'],
  ['amount-is-bigint', 'export type Lot = { credits: number[] };'],
  ['amount-is-bigint', 'export type Lots = { balances: Record<string, number> };'],
  ['amount-is-bigint', 'export type Subtotal = number;'],
  ['amount-is-bigint', 'export type Price = { inCents: number };'],
  ['amount-is-bigint', 'export class Lot { #units: number = 3; take(): number { return this.#units; } }'],
  ['amount-is-bigint', 'export function pay(amount: number): void { void amount; }'],
  ['amount-is-bigint', 'export function pay(amount = 5): string { return `${amount}`; }'],
  ['amount-is-bigint', 'export function balance(): number { return 1; }'],
  ['amount-is-bigint', 'export const balance = async (): Promise<number> => 1;'],
  [
    'amount-is-bigint',
    'export const creditBalance = { read(): number { return 1; }, amount(): number { return 1; } };',
  ],
  ['amount-is-bigint', 'export interface Lot { balance(): number }'],
  ['amount-is-bigint', 'export const priceMinor = 900;'],
  ['amount-is-bigint', 'export const refund = { amount: -900 };'],
  ['amount-is-bigint', "import { z } from 'zod';\nexport const body = z.object({ amount: z.number().int().min(1) });"],
  ['amount-is-bigint', "import { z } from 'zod';\nexport const body = z.object({ credits: z.array(z.int()) });"],
  ['amount-is-bigint', "import { z } from 'zod';\nexport const unitPrice = z.coerce.number();"],
  ['amount-conversion', 'export const a = (totalMinor: bigint) => Number(totalMinor);'],
  ['amount-conversion', 'export const a = (row: { price: string }) => Number.parseFloat(row.price);'],
  ['amount-conversion', "export const a = (row: { total: string }) => parseInt(row['total'], 10);"],
  ['amount-conversion', 'export const a = (row: { balance?: string }) => +(row?.balance ?? row.balance);'],
  ['amount-conversion', 'export const a = (amount: string) => +amount;'],
  ['no-fractions', 'export const rate = 0.2;'],
  ['no-fractions', 'export const fee = (value: bigint) => `${value}`.length * 1.5;'],
  ['no-hundred', 'export const cents = (value: string) => value.length * 100;'],
  ['no-hundred', 'export const major = (value: string) => value.length / 100;'],
  ['no-hundred', 'export function wired(value: string): number { let wire = value.length; wire *= 100; return wire; }'],
];

/** Lines that only look like it, or hold amounts as they should be held. */
const allowed: readonly string[] = [
  'export type Invoice = { totalMinor: bigint; credits: bigint | null };',
  'export type Page = { totalPages: number; amountOfTime: number; priceId: string };',
  'export const retriesMax = 100;',
  'export const timeoutMs = 1.5e3;',
  'export const add = (a: bigint) => a * 100n;',
  'export const count = (lines: readonly string[]): number => lines.length;',
  'export function total(lines: readonly { weight: number }[]): bigint { return BigInt(lines.length); }',
  'export type Total = (lines: number) => bigint;',
  'export type Invoice = { total: { digits: number } };',
  "import { z } from 'zod';\nexport const page = z.object({ limit: z.int().max(100), total: z.bigint() });",
];

/** Places and what is judged there differently. */
const places: Readonly<Record<string, readonly [sentence: string | null, line: string]>> = {
  'src/server/gateways/stripe/wire.ts': [null, 'export type Wire = { amount: number; unit_amount: number };'],
  'src/shared/contract/codecs.ts': [null, 'export const encode = (amount: bigint): number => Number(amount);'],
  'src/shared/contract/billing.ts': ['amount-is-bigint', 'export type Body = { amount: number };'],
  'src/sandbox/stripe/wire.ts': [null, 'export type Wire = { amount: number; fee: 0.3 };'],
  'src/server/modules/documents/layout.ts': [null, 'export const lineHeight = (size: number): number => size * 1.35;'],
  'src/server/modules/documents/money.ts': [
    'no-fractions',
    'export const half = (row: { total: never }) => row.total * 0.5;',
  ],
  'src/web/features/credits/card.tsx': [null, 'export const opacity = 0.5;'],
  'src/web/features/credits/meter.tsx': [null, 'export const width = (share: number): number => share * 100;'],
  'src/web/features/credits/major.tsx': [
    'no-hundred',
    'export const major = (row: { total: never }) => row.total / 100;',
  ],
  'src/web/features/credits/price.tsx': ['amount-is-bigint', 'export type Price = { amount: number };'],
  'src/web/lib/format-money.ts': [null, 'export const shown = (amount: bigint): number => Number(amount);'],
  'src/server/modules/tax/rate.test.ts': [null, 'export const amount: number = 0.5 * 100;'],
};

/** The time and chance, which business code takes from the clock and from ids. */
const clockLines: readonly (readonly [sentence: string, line: string])[] = [
  ['clock-only', 'export const a = Date.now();'],
  ['clock-only', "export const a = Date['now']();"],
  ['clock-only', 'export const a = new Date();'],
  ['clock-only', 'export const a = Date();'],
  ['clock-only', 'export const a = [1].map(Date.now);'],
  ['clock-only', "import { Temporal } from 'temporal-polyfill';\nexport const a = Temporal.Now.instant();"],
  ['ids-only', 'export const a = Math.random();'],
  ['ids-only', 'export const a = crypto.randomUUID();'],
  ['ids-only', "import { randomUUID } from 'node:crypto';\nexport const a = randomUUID;"],
];

const clockPlaces: Readonly<Record<string, string>> = {
  'src/server/platform/clock/wall-clock.ts': 'export const a = (): number => Date.now();',
  'src/server/platform/ids/new-id.ts': 'export const a = (): string => crypto.randomUUID();',
  'src/sandbox/stripe/clock.ts': 'export const a = (): number => Date.now();',
  'src/web/lib/clock.ts': 'export const a = (): Date => new Date();',
  'src/server/modules/tax/parse.ts': 'export const a = (text: string): Date => new Date(text);',
  'src/server/modules/tax/clock.test.ts': 'export const a = (): number => Date.now();',
};

const folder = 'src/server/modules/invoices';
const named = (name: string, lines: readonly string[]) =>
  lines.map((line, index) => [`${folder}/${name}-${index}.ts`, line] as const);

describe('amounts are never numbers, and time never comes from the machine', () => {
  const caughtFiles = named(
    'caught',
    caught.map(([, line]) => line),
  );
  const allowedFiles = named('allowed', allowed);
  const clockFiles = named(
    'clock',
    clockLines.map(([, line]) => line),
  );
  const planted = {
    ...Object.fromEntries([...caughtFiles, ...allowedFiles, ...clockFiles]),
    ...Object.fromEntries(Object.entries(places).map(([file, [, line]]) => [file, line])),
    ...clockPlaces,
  };
  let report: LintReport;
  const ours = (file: string) => report.findings(file).filter((finding) => finding.startsWith('purser('));

  before(() => {
    report = lintPlanted(planted);
  });

  test('the linter reads every planted file', () => {
    assert.equal(report.filesRead, Object.keys(planted).length);
  });

  for (const [index, [sentence, line]] of caught.entries()) {
    test(`${sentence}: ${line}`, () => assertOnly(ours(`${folder}/caught-${index}.ts`), 'amounts', sentence));
  }

  for (const [index, line] of allowed.entries()) {
    test(`passes: ${line}`, () => assert.deepEqual(ours(`${folder}/allowed-${index}.ts`), []));
  }

  for (const [file, [sentence, line]] of Object.entries(places)) {
    test(`${sentence ?? 'passes'} in ${file}: ${line}`, () => {
      if (sentence === null) assert.deepEqual(ours(file), []);
      else assertOnly(ours(file), 'amounts', sentence);
    });
  }

  for (const [index, [sentence, line]] of clockLines.entries()) {
    test(`${sentence}: ${line}`, () => assertOnly(ours(`${folder}/clock-${index}.ts`), 'clock', sentence));
  }

  for (const [file, line] of Object.entries(clockPlaces)) {
    test(`passes in ${file}: ${line}`, () => assert.deepEqual(ours(file), []));
  }
});

function assertOnly(findings: readonly string[], rule: string, sentence: string): void {
  assert.notEqual(findings.length, 0, `expected ${sentence}, found nothing`);
  for (const finding of findings) assert.match(finding, new RegExp(`^purser\\(${rule}\\): ${sentence}: `));
}

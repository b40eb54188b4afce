import { z } from 'zod';
import { demands } from '#shared/contract/billing.ts';

/** How much of something a payer has to tell when they declare a transfer. */
export type Demand = (typeof demands)[number];

/** What a banking app's payment code is made from, by its standard. */
export type PaymentCodeTerms =
  | { readonly kind: 'epc'; readonly name: string; readonly iban: string; readonly bic: string | null }
  | { readonly kind: 'upi'; readonly address: string; readonly name: string }
  | { readonly kind: 'pix'; readonly key: string; readonly name: string; readonly city: string }
  | {
      readonly kind: 'swiss';
      readonly name: string;
      readonly iban: string;
      readonly postalCode: string;
      readonly city: string;
      readonly country: string;
    };

/** Where the money of a bank transfer or wallet goes, and what its payer has to tell. */
export type TransferTerms = {
  /** Bank details or wallet number, in the order they are shown. */
  readonly fields: readonly { readonly label: string; readonly value: string }[];
  readonly paymentCode: PaymentCodeTerms | null;
  readonly demands: {
    readonly payerName: Demand;
    readonly payerAccount: Demand;
    readonly transactionId: Demand;
    readonly proof: Demand;
  };
  /** What a transaction id looks like: # is a digit, @ a letter, * either; anything else is itself. */
  readonly transactionIdPattern: string | null;
  readonly transactionIdHint: string | null;
  /** Days until a transfer nobody has declared ends. */
  readonly expiresAfterDays: number;
};

/** The terms a payment was started with, as they stood then. */
export type PaymentTerms = TransferTerms & { readonly methodName: string; readonly instructions: string | null };

const demand = z.enum(demands);

const stored = z.object({
  fields: z.array(z.object({ label: z.string(), value: z.string() })),
  paymentCode: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('epc'), name: z.string(), iban: z.string(), bic: z.string().nullable() }),
      z.object({ kind: z.literal('upi'), address: z.string(), name: z.string() }),
      z.object({ kind: z.literal('pix'), key: z.string(), name: z.string(), city: z.string() }),
      z.object({
        kind: z.literal('swiss'),
        name: z.string(),
        iban: z.string(),
        postalCode: z.string(),
        city: z.string(),
        country: z.string(),
      }),
    ])
    .nullable(),
  demands: z.object({ payerName: demand, payerAccount: demand, transactionId: demand, proof: demand }),
  transactionIdPattern: z.string().nullable(),
  transactionIdHint: z.string().nullable(),
  expiresAfterDays: z.int(),
});

const storedWithPayment = stored.extend({ methodName: z.string(), instructions: z.string().nullable() });

/** The terms of an option nobody has described yet: its instructions have to say it all. */
const plainTerms: TransferTerms = {
  fields: [],
  paymentCode: null,
  demands: { payerName: 'optional', payerAccount: 'optional', transactionId: 'optional', proof: 'optional' },
  transactionIdPattern: null,
  transactionIdHint: null,
  expiresAfterDays: 7,
};

/** The terms of a bank transfer or wallet as stored in the details of its option. */
export function transferTermsFrom(details: unknown): TransferTerms {
  const parsed = stored.safeParse(details);
  return parsed.success ? parsed.data : plainTerms;
}

/** The terms of a payment as stored; null for a payment that is no transfer. */
export function paymentTermsFrom(terms: unknown): PaymentTerms | null {
  return terms === null ? null : storedWithPayment.parse(terms);
}

/** A transaction id without what people write differently: letters and digits alone, upper case; null if none is left. */
export function transactionKeyOf(transactionId: string): string | null {
  const key = transactionId.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  return key === '' ? null : key;
}

/** Whether a transaction id looks as the pattern says. Spaces and hyphens make no difference, nor does the case. */
export function fitsPattern(pattern: string, transactionId: string): boolean {
  const wanted = [...compact(pattern)];
  const given = [...compact(transactionId)];
  return wanted.length === given.length && wanted.every((sign, index) => fitsSign(sign, given[index] ?? ''));
}

function compact(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '');
}

function fitsSign(sign: string, character: string): boolean {
  if (sign === '#') return /^[0-9]$/.test(character);
  if (sign === '@') return /^[A-Z]$/.test(character);
  if (sign === '*') return /^[0-9A-Z]$/.test(character);
  return sign === character;
}

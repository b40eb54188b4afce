import type { DocumentLine, InvoiceDocument } from './invoice-document.ts';

/** What a sample differs in; the figures follow from the lines and from what was paid. */
type Given = Omit<InvoiceDocument, 'subtotalMinor' | 'taxGroups' | 'totalMinor' | 'amountPaidMinor' | 'amountDueMinor'>;

/** A plausible document for tests, its figures adding up whatever its lines are. */
export function sampleDocument(differences: Partial<Given> = {}): InvoiceDocument {
  const document = { ...base, ...differences };
  const subtotalMinor = sumOf(document.lines.map((line) => line.amountMinor));
  const taxGroups = [...new Set(document.lines.map((line) => `${line.taxCategory} ${line.taxRateBasisPoints}`))].map(
    (key) => {
      const lines = document.lines.filter((line) => `${line.taxCategory} ${line.taxRateBasisPoints}` === key);
      const basisMinor = sumOf(lines.map((line) => line.amountMinor));
      const [
        { taxCategory: category, taxRateBasisPoints: rateBasisPoints } = { taxCategory: 'O', taxRateBasisPoints: 0 },
      ] = lines;
      const note = category === 'AE' ? { note: 'Reverse charge: the recipient accounts for the tax.' } : {};
      return {
        rateBasisPoints,
        category,
        basisMinor,
        taxMinor: (basisMinor * BigInt(rateBasisPoints)) / 10_000n,
        ...note,
      };
    },
  );
  const totalMinor = subtotalMinor + sumOf(taxGroups.map((group) => group.taxMinor));
  const payments =
    document.state === 'paid' && document.payments.length === 0
      ? [{ paidOn: document.paidOn ?? document.issuedOn, description: 'Visa ending 4242', amountMinor: totalMinor }]
      : document.payments;
  const amountPaidMinor = sumOf(payments.map((payment) => payment.amountMinor));
  return {
    ...document,
    subtotalMinor,
    taxGroups,
    totalMinor,
    payments,
    amountPaidMinor,
    amountDueMinor: totalMinor - amountPaidMinor,
  };
}

/** A line for a sample; `quantity` times `unitAmountMinor`. */
export function sampleLine(
  description: string,
  quantity: bigint,
  unitAmountMinor: bigint,
  more: Partial<DocumentLine> = {},
): DocumentLine {
  const amountMinor = quantity * unitAmountMinor;
  return { description, quantity, unitAmountMinor, amountMinor, taxRateBasisPoints: 0, taxCategory: 'O', ...more };
}

function sumOf(amountsMinor: readonly bigint[]): bigint {
  return amountsMinor.reduce((sum, amount) => sum + amount, 0n);
}

const base: Given = {
  kind: 'invoice',
  number: 'INV-2026-11-00042',
  state: 'pending',
  issuedOn: '2026-11-29',
  dueOn: '2026-12-06',
  currency: 'USD',
  locale: 'en-GB',
  seller: {
    name: 'Northwind Instruments',
    addressLines: ['14 Harbour Street', 'Bristol BS1 4RW', 'United Kingdom'],
    country: 'GB',
    taxId: 'GB 123 4567 89',
    email: 'billing@northwind.example',
  },
  buyer: {
    name: 'Ada Larsen ApS',
    addressLines: ['Havnegade 7', '1058 København K', 'Denmark'],
    country: 'DK',
    taxId: 'DK 12 34 56 78',
    email: 'accounts@larsen.example',
  },
  lines: [sampleLine('Pro credit package: 2,000 credits', 1n, 29_00n)],
  payments: [],
  footer: 'Northwind Instruments Ltd · Registered in England 01234567 · northwind.example',
};

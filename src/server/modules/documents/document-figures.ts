import type { InvoiceDocument } from './invoice-document.ts';

/** A document shows figures that contradict each other; printing it would put a wrong paper into the world. */
export class DocumentDoesNotAddUp extends Error {
  readonly contradictions: readonly string[];

  constructor(number: string, contradictions: readonly string[]) {
    super(`The document ${number} does not add up: ${contradictions.join('; ')}.`);
    this.name = 'DocumentDoesNotAddUp';
    this.contradictions = contradictions;
  }
}

/**
 * Checks that every figure a reader can add up does add up (EN 16931, BR-CO-10 to BR-CO-16, and each line's quantity
 * times its unit price).
 * @throws DocumentDoesNotAddUp with every contradiction found
 */
export function assertFiguresAddUp(document: InvoiceDocument): void {
  const contradictions = [
    ...lineContradictions(document),
    ...taxContradictions(document),
    ...totalContradictions(document),
  ];
  if (contradictions.length > 0) throw new DocumentDoesNotAddUp(document.number, contradictions);
}

function lineContradictions({ lines, subtotalMinor }: InvoiceDocument): string[] {
  const found = lines.flatMap((line, index) =>
    line.quantity * line.unitAmountMinor === line.amountMinor
      ? []
      : [`line ${index + 1} is not its quantity times its unit price`],
  );
  const sum = sumOf(lines.map((line) => line.amountMinor));
  if (sum !== subtotalMinor) found.push(`the lines come to ${sum}, the subtotal says ${subtotalMinor}`);
  return found;
}

function taxContradictions({ lines, taxGroups }: InvoiceDocument): string[] {
  const found = taxGroups.flatMap((group) => {
    const basis = sumOf(
      lines
        .filter((line) => line.taxCategory === group.category && line.taxRateBasisPoints === group.rateBasisPoints)
        .map((line) => line.amountMinor),
    );
    return basis === group.basisMinor
      ? []
      : [`the lines taxed ${group.category} ${group.rateBasisPoints} come to ${basis}, not ${group.basisMinor}`];
  });
  const keys = taxGroups.map((group) => `${group.category} ${group.rateBasisPoints}`);
  if (new Set(keys).size !== keys.length) found.push('a tax rate is shown twice');
  const ungrouped = lines.filter((line) => !keys.includes(`${line.taxCategory} ${line.taxRateBasisPoints}`));
  if (ungrouped.length > 0) found.push(`${ungrouped.length} lines have a tax rate that is not summed up`);
  return found;
}

function totalContradictions(document: InvoiceDocument): string[] {
  const found: string[] = [];
  const total = document.subtotalMinor + sumOf(document.taxGroups.map((group) => group.taxMinor));
  if (total !== document.totalMinor) found.push(`subtotal and tax come to ${total}, not ${document.totalMinor}`);
  const paid = sumOf(document.payments.map((payment) => payment.amountMinor));
  if (paid !== document.amountPaidMinor) found.push(`the payments come to ${paid}, not ${document.amountPaidMinor}`);
  const due = document.totalMinor - document.amountPaidMinor;
  if (due !== document.amountDueMinor) found.push(`${due} remains to be paid, not ${document.amountDueMinor}`);
  if (document.state === 'paid' && (document.amountDueMinor !== 0n || document.paidOn === undefined)) {
    found.push('it is called paid and is not, or not since a date');
  }
  if (document.kind === 'credit_note' && document.correctsNumber === undefined) {
    found.push('a credit note names the invoice it corrects');
  }
  return found;
}

function sumOf(amountsMinor: readonly bigint[]): bigint {
  return amountsMinor.reduce((sum, amount) => sum + amount, 0n);
}

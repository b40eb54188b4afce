import { Checkbox } from '@mantine/core';
import { type InvoiceSummary, isPayable } from '#web/lib/invoice-state.ts';
import { useTexts } from '#web/lib/reader.ts';

/** The invoices that are chosen to be paid together. */
export type Choosing = {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (invoiceId: string) => void;
  /** Whether one payment can pay no more than are chosen. */
  readonly isFull: boolean;
};

/** Chooses an invoice to be paid together with others; nothing beside one that cannot be paid now. */
export function ChooseInvoice({ invoice, choosing }: { invoice: InvoiceSummary; choosing: Choosing }) {
  const texts = useTexts().invoices;
  if (!isPayable(invoice)) return null;
  const isChosen = choosing.ids.has(invoice.id);
  return (
    <Checkbox
      checked={isChosen}
      disabled={choosing.isFull && !isChosen}
      onChange={() => choosing.toggle(invoice.id)}
      aria-label={texts.choose(invoice.number ?? texts.draftNumber)}
    />
  );
}

import { Checkbox } from '@mantine/core';
import { type InvoiceSummary, isPayable } from '#web/lib/invoice-state.ts';
import { useTexts } from '#web/lib/reader.ts';

/** The invoices that are chosen to be paid together. */
export type Choosing = {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (invoiceId: string) => void;
};

/** Chooses an invoice to be paid together with others; nothing beside one that cannot be paid now. */
export function ChooseInvoice({ invoice, choosing }: { invoice: InvoiceSummary; choosing: Choosing }) {
  const texts = useTexts().invoices;
  if (!isPayable(invoice)) return null;
  return (
    <Checkbox
      checked={choosing.ids.has(invoice.id)}
      onChange={() => choosing.toggle(invoice.id)}
      aria-label={texts.choose(invoice.number ?? texts.draftNumber)}
    />
  );
}

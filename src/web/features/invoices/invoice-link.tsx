import { Anchor } from '@mantine/core';
import { useTexts } from '#web/lib/reader.ts';
import type { InvoiceSummary } from '#web/lib/invoice-state.ts';

/** An invoice's number, which opens its details: what the keyboard reaches in a row. */
export function InvoiceLink({
  invoice,
  onOpen,
}: {
  invoice: InvoiceSummary;
  onOpen: (invoice: InvoiceSummary) => void;
}) {
  const texts = useTexts().invoices;
  return (
    <Anchor
      component="button"
      type="button"
      fw={500}
      fz="sm"
      aria-haspopup="dialog"
      onClick={(event) => {
        event.stopPropagation();
        onOpen(invoice);
      }}
    >
      <bdi>{invoice.number ?? texts.draftNumber}</bdi>
    </Anchor>
  );
}

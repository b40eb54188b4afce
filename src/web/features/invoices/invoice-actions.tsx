import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { IconDownload, IconEye } from '#web/components/icons.tsx';
import { endpointUrl } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import { PayInvoiceButton } from '#web/components/pay-invoice-button.tsx';
import type { InvoiceSummary } from '#web/lib/invoice-state.ts';

/** What can be done with an invoice in a list. A click on one of them is not a click on the row. */
export function InvoiceActions({
  invoice,
  onOpen,
}: {
  invoice: InvoiceSummary;
  onOpen: (invoice: InvoiceSummary) => void;
}) {
  const texts = useTexts().invoices;
  const number = invoice.number ?? texts.draftNumber;
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap" onClick={(event) => event.stopPropagation()}>
      <PayInvoiceButton invoice={invoice} size="compact-sm" variant="light" />
      <Tooltip label={texts.view}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={texts.viewOf(number)}
          aria-haspopup="dialog"
          onClick={() => onOpen(invoice)}
        >
          <IconEye />
        </ActionIcon>
      </Tooltip>
      {invoice.number !== null && (
        <Tooltip label={texts.pdf}>
          <ActionIcon
            component="a"
            href={endpointUrl('getInvoicePdf', { id: invoice.id })}
            download
            variant="subtle"
            color="gray"
            aria-label={texts.pdfOf(number)}
          >
            <IconDownload />
          </ActionIcon>
        </Tooltip>
      )}
    </Group>
  );
}

import { Group, Stack, Text } from '@mantine/core';
import { Amount } from '#web/components/amount.tsx';
import { DateText } from '#web/components/date-text.tsx';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { moneyFromWire } from '#web/lib/format.ts';
import { type InvoiceSummary, invoiceState } from '#web/lib/invoice-state.ts';
import { useTexts } from '#web/lib/reader.ts';
import { ChooseInvoice, type Choosing } from './choose-invoice.tsx';
import { InvoiceActions } from './invoice-actions.tsx';
import { InvoiceLink } from './invoice-link.tsx';

/** An invoice in a list on a phone. */
export function InvoiceCard({
  invoice,
  onOpen,
  choosing,
}: {
  invoice: InvoiceSummary;
  onOpen: (invoice: InvoiceSummary) => void;
  choosing: Choosing | null;
}) {
  const { states } = useTexts();
  return (
    <Stack gap="xs">
      <Group justify="space-between" wrap="nowrap">
        <Group gap="sm" wrap="nowrap">
          {choosing !== null && <ChooseInvoice invoice={invoice} choosing={choosing} />}
          <InvoiceLink invoice={invoice} onOpen={onOpen} />
        </Group>
        <Amount value={moneyFromWire(invoice.total, invoice.currency)} fw={600} />
      </Group>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" c="dimmed">
          {invoice.issued_on !== null && <DateText date={invoice.issued_on} />}
        </Text>
        <StatusBadge state={states.invoice[invoiceState(invoice)]} />
      </Group>
      <InvoiceActions invoice={invoice} onOpen={onOpen} />
    </Stack>
  );
}

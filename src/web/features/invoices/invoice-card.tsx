import { Group, Stack, Text } from '@mantine/core';
import { Amount } from '#web/components/amount.tsx';
import { DateText } from '#web/components/date-text.tsx';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { moneyFromWire } from '#web/lib/format.ts';
import { useTexts } from '#web/lib/reader.ts';
import { InvoiceActions } from './invoice-actions.tsx';
import { InvoiceLink } from './invoice-link.tsx';
import { type InvoiceSummary, invoiceState } from '#web/lib/invoice-state.ts';

/** An invoice in a list on a phone. */
export function InvoiceCard({
  invoice,
  onOpen,
}: {
  invoice: InvoiceSummary;
  onOpen: (invoice: InvoiceSummary) => void;
}) {
  const { states } = useTexts();
  return (
    <Stack gap="xs">
      <Group justify="space-between" wrap="nowrap">
        <InvoiceLink invoice={invoice} onOpen={onOpen} />
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

import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Amount } from '#web/components/amount.tsx';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconDownload } from '#web/components/icons.tsx';
import { TextLink } from '#web/components/links.tsx';
import { Section } from '#web/components/section.tsx';
import { LinesSkeleton } from '#web/components/skeletons.tsx';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { calendarDateIn } from '#shared/time/index.ts';
import { endpointUrl } from '#web/lib/api.ts';
import type { Format } from '#web/lib/format.ts';
import { type InvoiceSummary, invoiceState } from '#web/lib/invoice-state.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { recentInvoicesQuery, totalOf } from './invoices.ts';

/** The newest invoice, with the ways to see it and to keep it. */
export function LastInvoiceCard() {
  const { dashboard: texts } = useTexts();
  const invoices = useQuery(recentInvoicesQuery());
  const last = invoices.data?.data[0];
  return (
    <Section title={texts.lastInvoice}>
      {invoices.isPending && <LinesSkeleton lines={2} />}
      {invoices.isError && <ErrorState error={invoices.error} onRetry={() => void invoices.refetch()} />}
      {invoices.isSuccess && last === undefined && (
        <Text size="sm" c="dimmed">
          {texts.lastInvoiceNone}
        </Text>
      )}
      {last !== undefined && <LastInvoice invoice={last} />}
    </Section>
  );
}

function LastInvoice({ invoice }: { invoice: InvoiceSummary }) {
  const { dashboard: texts, states } = useTexts();
  const format = useFormat();
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="sm">
        <Text component="p" fz={24} fw={650} lh={1.3}>
          <Amount value={totalOf(invoice)} />
        </Text>
        <StatusBadge state={states.invoice[invoiceState(invoice)]} />
      </Group>
      <Text size="sm" c="dimmed">
        {[invoice.number, dateWords(invoice, texts, format)].filter((part) => part !== null).join(' · ')}
      </Text>
      <Group gap="lg" mt="xs">
        <TextLink to="/account/invoices" search={{ invoice: invoice.id }} size="sm">
          {texts.viewInvoice}
        </TextLink>
        {invoice.number !== null && (
          <Anchor href={endpointUrl('getInvoicePdf', { id: invoice.id })} size="sm" download>
            <Group gap={6} component="span">
              <IconDownload size={15} />
              {texts.downloadPdf}
            </Group>
          </Anchor>
        )}
      </Group>
    </Stack>
  );
}

type DateTexts = { paidOn: (date: string) => string; dueOn: (date: string) => string };

function dateWords(invoice: InvoiceSummary, texts: DateTexts, format: Format): string | null {
  if (invoice.paid_at !== null) {
    return texts.paidOn(format.date(calendarDateIn(new Date(invoice.paid_at), format.timeZone)));
  }
  return invoice.due_on === null ? null : texts.dueOn(format.date(invoice.due_on));
}

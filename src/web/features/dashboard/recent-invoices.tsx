import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Amount } from '#web/components/amount.tsx';
import { DateText } from '#web/components/date-text.tsx';
import { TextLink } from '#web/components/links.tsx';
import { Section } from '#web/components/section.tsx';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { type InvoiceSummary, invoiceState } from '#web/lib/invoice-state.ts';
import { useTexts } from '#web/lib/reader.ts';
import { recentInvoicesQuery, totalOf } from './invoices.ts';
import classes from './recent-invoices.module.css';

/** The newest invoices, once there is more than the one that the card beside shows. */
export function RecentInvoices() {
  const { dashboard: texts } = useTexts();
  const { data } = useQuery(recentInvoicesQuery());
  if (data === undefined || data.data.length < 2) return null;
  return (
    <Section
      title={texts.recentInvoices}
      flush
      actions={
        <TextLink to="/account/invoices" size="sm">
          {texts.allInvoices}
        </TextLink>
      }
    >
      <ul className={classes['list']}>
        {data.data.map((invoice) => (
          <InvoiceRow key={invoice.id} invoice={invoice} />
        ))}
      </ul>
    </Section>
  );
}

function InvoiceRow({ invoice }: { invoice: InvoiceSummary }) {
  const { states } = useTexts();
  return (
    <li className={classes['row']}>
      <Stack gap={2} style={{ flex: '1 1 12rem', minWidth: 0 }}>
        <TextLink to="/account/invoices" search={{ invoice: invoice.id }} size="sm" fw={600}>
          {invoice.number ?? states.invoice.draft.word}
        </TextLink>
        <Text size="sm" c="dimmed" truncate>
          {invoice.description}
        </Text>
      </Stack>
      <Group gap="lg" wrap="nowrap" className={classes['figures'] ?? ''}>
        {invoice.issued_on !== null && (
          <Text span size="sm" c="dimmed" visibleFrom="sm">
            <DateText date={invoice.issued_on} />
          </Text>
        )}
        <StatusBadge state={states.invoice[invoiceState(invoice)]} />
        <Text span size="sm" fw={600} miw={88} ta="end">
          <Amount value={totalOf(invoice)} />
        </Text>
      </Group>
    </li>
  );
}

import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Amount } from '#web/components/amount.tsx';
import { DateText } from '#web/components/date-text.tsx';
import { IconDownload } from '#web/components/icons.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { endpointUrl } from '#web/lib/api.ts';
import { moneyFromWire } from '#web/lib/format.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import classes from './invoice-details.module.css';
import { InvoiceCreditNotes } from './invoice-credit-notes.tsx';
import { InvoiceLines } from './invoice-lines.tsx';
import { PayInvoiceButton } from '#web/components/pay-invoice-button.tsx';
import { InvoiceParties } from './invoice-parties.tsx';
import { InvoicePayments } from './invoice-payments.tsx';
import { InvoiceRefunds } from './invoice-refunds.tsx';
import { type Invoice, invoiceState, isUnderWay } from '#web/lib/invoice-state.ts';

/** Everything an invoice says, in the order of its paper form. */
export function InvoiceDetails({ invoice }: { invoice: Invoice }) {
  const { invoices: texts, states } = useTexts();
  return (
    <Stack gap="lg">
      <Group justify="space-between" gap="md">
        <Group gap="md">
          <StatusBadge state={states.invoice[invoiceState(invoice)]} size="lg" />
          <Text fz="xl" fw={600}>
            <Amount value={moneyFromWire(invoice.total, invoice.currency)} />
          </Text>
        </Group>
        <InvoiceButtons invoice={invoice} />
      </Group>
      <OpenNotice invoice={invoice} />
      <InvoiceDates invoice={invoice} />
      <InvoiceParties invoice={invoice} />
      <InvoiceLines invoice={invoice} />
      <InvoicePayments invoice={invoice} />
      <InvoiceRefunds invoice={invoice} />
      <InvoiceCreditNotes invoice={invoice} />
      {invoice.status === 'void' && (
        <Text size="sm" c="dimmed">
          {texts.voided} {invoice.void_reason}
        </Text>
      )}
    </Stack>
  );
}

function InvoiceButtons({ invoice }: { invoice: Invoice }) {
  const texts = useTexts().invoices;
  return (
    <Group gap="sm">
      {invoice.number !== null && (
        <Button
          component="a"
          href={endpointUrl('getInvoicePdf', { id: invoice.id })}
          download
          variant="default"
          leftSection={<IconDownload size={16} />}
        >
          {texts.downloadPdf}
        </Button>
      )}
      <PayInvoiceButton invoice={invoice} />
    </Group>
  );
}

/** What is still to be paid, and why the last attempt failed if it did. */
function OpenNotice({ invoice }: { invoice: Invoice }) {
  const { invoices: texts, purchase } = useTexts();
  const format = useFormat();
  if (invoice.status !== 'pending' || invoice.amount_due === 0) return null;
  const failure = invoice.last_payment_error;
  const reasons: Readonly<Record<string, string>> = purchase.declines;
  return (
    <Alert color={failure === null ? 'blue' : 'yellow'} role="note">
      <Text size="sm">
        {texts.openNotice(format.money(moneyFromWire(invoice.amount_due, invoice.currency)))}{' '}
        {isUnderWay(invoice)
          ? texts.underWay[invoice.open_payment_status === 'pending_approval' ? 'review' : 'processing']
          : failure !== null && (reasons[failure.code] ?? failure.message)}
      </Text>
    </Alert>
  );
}

function InvoiceDates({ invoice }: { invoice: Invoice }) {
  const texts = useTexts().invoices;
  return (
    <dl className={classes['facts']}>
      <Fact label={texts.issued}>{invoice.issued_on !== null && <DateText date={invoice.issued_on} />}</Fact>
      <Fact label={texts.due}>{invoice.due_on !== null && <DateText date={invoice.due_on} />}</Fact>
      <Fact label={texts.paidOn}>{invoice.paid_at !== null && <RelativeTime at={invoice.paid_at} />}</Fact>
      <Fact label={texts.voidedOn}>{invoice.voided_at !== null && <RelativeTime at={invoice.voided_at} />}</Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  if (children === false) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

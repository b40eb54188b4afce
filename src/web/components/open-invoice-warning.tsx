import { Alert, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconClock, IconWarning } from '#web/components/icons.tsx';
import { ButtonLink } from '#web/components/links.tsx';
import { PayInvoiceButton } from '#web/components/pay-invoice-button.tsx';
import { moneyFromWire } from '#web/lib/format.ts';
import { type InvoiceSummary, isUnderWay } from '#web/lib/invoice-state.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';

/** Enough to find one that needs the reader behind those that are being checked. */
const openMax = 5;

/**
 * The one warning about money owed: an invoice that waits for its payment, the longest waiting first. One whose money is
 * being looked for needs the reader less than any other.
 */
export function OpenInvoiceWarning() {
  const { data } = useQuery(
    endpointQuery('listInvoices', { query: { status: 'pending', sort: 'issued_on', limit: openMax } }),
  );
  const invoice = data?.data.find((each) => !isUnderWay(each)) ?? data?.data[0];
  return invoice === undefined ? null : <Warning invoice={invoice} />;
}

function Warning({ invoice }: { invoice: InvoiceSummary }) {
  const { dashboard: texts } = useTexts();
  const format = useFormat();
  const look = useLook(invoice);
  const due = invoice.due_on === null ? null : format.date(invoice.due_on);
  const sentences = isUnderWay(invoice)
    ? [texts.underWayDetail]
    : [
        invoice.open_payment_status === 'awaiting_transfer'
          ? texts.transferDetail
          : invoice.last_payment_error?.message,
        due === null ? null : invoice.is_overdue ? texts.overdueSince(due) : texts.openDue(due),
      ];
  return (
    <Alert role="note" {...look}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" style={{ flex: '1 1 14rem' }}>
          {sentences.filter((sentence) => sentence != null).join(' ')}
        </Text>
        <Group gap="sm">
          <ButtonLink to="/account/invoices" search={{ invoice: invoice.id }} size="xs" variant="default">
            {texts.viewInvoice}
          </ButtonLink>
          <PayInvoiceButton invoice={invoice} size="xs" />
        </Group>
      </Group>
    </Alert>
  );
}

/** Title, icon and colour: what is overdue, what waits for the payer, and what waits for the seller. */
function useLook(invoice: InvoiceSummary) {
  const { dashboard: texts } = useTexts();
  const amount = useFormat().money(moneyFromWire(invoice.amount_due, invoice.currency));
  const number = invoice.number ?? invoice.description;
  if (isUnderWay(invoice)) {
    return { color: 'blue', icon: <IconClock size={20} />, title: texts.underWayTitle(number, amount) };
  }
  return invoice.is_overdue
    ? { color: 'red', icon: <IconWarning size={20} />, title: texts.overdueTitle(number, amount) }
    : { color: 'yellow', icon: <IconClock size={20} />, title: texts.openTitle(number, amount) };
}

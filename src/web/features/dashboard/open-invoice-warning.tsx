import { Alert, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconClock, IconWarning } from '#web/components/icons.tsx';
import { ButtonLink } from '#web/components/links.tsx';
import { PayInvoiceButton } from '#web/components/pay-invoice-button.tsx';
import type { InvoiceSummary } from '#web/lib/invoice-state.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { amountDueOf, oldestOpenInvoiceQuery } from './invoices.ts';

/** The one warning of the overview: an invoice that waits for its payment, the longest waiting first. */
export function OpenInvoiceWarning() {
  const { data } = useQuery(oldestOpenInvoiceQuery());
  const invoice = data?.data[0];
  return invoice === undefined ? null : <Warning invoice={invoice} />;
}

function Warning({ invoice }: { invoice: InvoiceSummary }) {
  const { dashboard: texts } = useTexts();
  const format = useFormat();
  const mayPay = useIsAllowed('credits.purchase');
  const amount = format.money(amountDueOf(invoice));
  const number = invoice.number ?? invoice.description;
  const due = invoice.due_on === null ? null : format.date(invoice.due_on);
  return (
    <Alert
      role="note"
      color={invoice.is_overdue ? 'red' : 'yellow'}
      icon={invoice.is_overdue ? <IconWarning size={20} /> : <IconClock size={20} />}
      title={invoice.is_overdue ? texts.overdueTitle(number, amount) : texts.openTitle(number, amount)}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" style={{ flex: '1 1 14rem' }}>
          {[
            invoice.last_payment_error?.message,
            due === null ? null : invoice.is_overdue ? texts.overdueSince(due) : texts.openDue(due),
          ]
            .filter((sentence) => sentence != null)
            .join(' ')}
        </Text>
        <Group gap="sm">
          <ButtonLink to="/account/invoices" search={{ invoice: invoice.id }} size="xs" variant="default">
            {texts.viewInvoice}
          </ButtonLink>
          {mayPay && invoice.open_payment_id !== null && (
            <ButtonLink to="/account/credits/purchase" search={{ payment: invoice.open_payment_id }} size="xs">
              {texts.finishPayment}
            </ButtonLink>
          )}
          <PayInvoiceButton invoice={invoice} size="xs" />
        </Group>
      </Group>
    </Alert>
  );
}

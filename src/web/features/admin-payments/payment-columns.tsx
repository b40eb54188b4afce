import { Stack, Text } from '@mantine/core';
import { Amount } from '#web/components/amount.tsx';
import type { Column } from '#web/components/cursor-table.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { moneyFromWire } from '#web/lib/format.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { type AdminPayment, waitingSince } from './admin-payment.ts';
import { PaymentLink } from './payment-link.tsx';
import { DuplicateBadge, PaymentStanding } from './payment-standing.tsx';
import { usePaymentWords } from './payment-words.ts';
import type { PaymentsSearch } from './payments-search.ts';

/** The columns of the table of payments: the queue says since when, the others how each stands. */
export function usePaymentColumns(
  view: PaymentsSearch['view'],
  open: (payment: AdminPayment) => void,
): Column<AdminPayment>[] {
  const texts = useTexts().adminPayments;
  const format = useFormat();
  const words = usePaymentWords();
  return [
    {
      key: 'account',
      title: texts.columnAccount,
      render: (payment) => (
        <Stack gap={0} align="flex-start">
          <PaymentLink payment={payment} onOpen={open} />
          <Text size="xs" c="dimmed">
            {format.country(payment.account.country)}
          </Text>
        </Stack>
      ),
    },
    { key: 'invoice', title: texts.columnInvoice, render: (payment) => <bdi>{words.invoices(payment)}</bdi> },
    { key: 'method', title: texts.columnMethod, render: (payment) => words.method(payment) },
    {
      key: 'amount',
      title: texts.columnAmount,
      align: 'end',
      render: (payment) => <Amount value={moneyFromWire(payment.amount, payment.currency)} fw={500} />,
    },
    view === undefined
      ? {
          key: 'since',
          title: texts.columnWaiting,
          render: (payment) => <RelativeTime at={waitingSince(payment)} />,
        }
      : {
          key: 'created',
          title: texts.columnCreated,
          render: (payment) => <RelativeTime at={payment.created_at} />,
        },
    view === 'attention'
      ? {
          key: 'reason',
          title: texts.columnReason,
          render: (payment) => (payment.attention === null ? null : words.attention(payment.attention, payment).title),
        }
      : view === undefined
        ? {
            key: 'reference',
            title: texts.columnReference,
            render: (payment) => (
              <Stack gap={4} align="flex-start">
                <bdi>{payment.transfer?.reference}</bdi>
                <DuplicateBadge payment={payment} />
              </Stack>
            ),
          }
        : { key: 'status', title: texts.columnStatus, render: (payment) => <PaymentStanding payment={payment} /> },
  ];
}

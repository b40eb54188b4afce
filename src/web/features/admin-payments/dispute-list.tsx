import { Anchor, Checkbox, Stack, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Amount } from '#web/components/amount.tsx';
import { type Column, CursorTable } from '#web/components/cursor-table.tsx';
import { EmptyState } from '#web/components/empty-state.tsx';
import { IconCircleCheck } from '#web/components/icons.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { api } from '#web/lib/api.ts';
import { creditsFromWire, moneyFromWire } from '#web/lib/format.ts';
import { cursorListQuery } from '#web/lib/query.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import type { Dispute } from './admin-payment.ts';
import { DisputeDue } from './dispute-due.tsx';
import type { SearchChange } from './payment-list.tsx';
import { changed, type PaymentsSearch } from './payments-search.ts';

/** The disputes of every account, with the day to respond by. */
export function DisputeList({ search, onSearch }: { search: PaymentsSearch; onSearch: SearchChange }) {
  const texts = useTexts().adminPayments;
  const open = (dispute: Dispute) => onSearch(changed(search, { payment: dispute.payment_id }));
  const query = search.closed === true ? {} : { open: 'true' as const };
  const disputes = useInfiniteQuery({
    ...cursorListQuery<Dispute>(['listDisputes', query], ({ cursor, signal }) =>
      api('listDisputes', { query: { ...query, ...(cursor === undefined ? {} : { cursor }) }, signal }),
    ),
    placeholderData: keepPreviousData,
  });
  return (
    <Stack gap={0}>
      <Checkbox
        p="lg"
        pb="md"
        label={texts.showClosed}
        checked={search.closed === true}
        onChange={({ currentTarget }) => onSearch(changed(search, { closed: currentTarget.checked ? true : null }))}
      />
      <CursorTable
        label={texts.disputeList}
        columns={useColumns(open)}
        rowKey={(dispute) => dispute.id}
        query={disputes}
        empty={<EmptyState Icon={IconCircleCheck} title={texts.noDisputesTitle} detail={texts.noDisputes} />}
        onRowClick={open}
      />
    </Stack>
  );
}

function useColumns(open: (dispute: Dispute) => void): Column<Dispute>[] {
  const texts = useTexts().adminPayments;
  const format = useFormat();
  return [
    {
      key: 'account',
      title: texts.columnAccount,
      render: (dispute) => (
        <Anchor
          component="button"
          type="button"
          fw={500}
          fz="sm"
          aria-haspopup="dialog"
          onClick={(event) => {
            event.stopPropagation();
            open(dispute);
          }}
        >
          {dispute.account.name}
        </Anchor>
      ),
    },
    {
      key: 'reason',
      title: texts.columnDispute,
      render: ({ reason, gateway }) => (
        <Stack gap={0}>
          <Text size="sm">{reason.replaceAll('_', ' ')}</Text>
          <Text size="xs" c="dimmed">
            {texts.gateways[gateway] ?? gateway}
          </Text>
        </Stack>
      ),
    },
    {
      key: 'amount',
      title: texts.columnAmount,
      align: 'end',
      render: ({ amount, currency }) => <Amount value={moneyFromWire(amount, currency)} fw={500} />,
    },
    {
      key: 'frozen',
      title: texts.columnFrozen,
      align: 'end',
      render: ({ credits_frozen: frozen }) => format.credits(creditsFromWire(frozen)),
    },
    { key: 'due', title: texts.columnDue, render: (dispute) => <DisputeDue dispute={dispute} /> },
    { key: 'opened', title: texts.columnOpened, render: ({ opened_at: at }) => <RelativeTime at={at} /> },
    {
      key: 'status',
      title: texts.columnStatus,
      render: ({ status }) => <StatusBadge state={texts.disputeStates[status]} />,
    },
  ];
}

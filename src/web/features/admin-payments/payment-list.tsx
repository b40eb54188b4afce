import { Stack } from '@mantine/core';
import { CursorTable } from '#web/components/cursor-table.tsx';
import { EmptyState } from '#web/components/empty-state.tsx';
import { Button } from '@mantine/core';
import { IconCircleCheck, IconSearch } from '#web/components/icons.tsx';
import { useTexts } from '#web/lib/reader.ts';
import type { AdminPayment } from './admin-payment.ts';
import { PaymentCard } from './payment-card.tsx';
import { usePaymentColumns } from './payment-columns.tsx';
import { PaymentFilters } from './payment-filters.tsx';
import { changed, isFiltered, type PaymentsSearch } from './payments-search.ts';
import type { usePayments } from './use-payments.ts';

/** How a list is told where the reader wants it; `replace` is for steps not worth a place in the history. */
export type SearchChange = (search: PaymentsSearch, options?: { replace?: boolean }) => void;

/** The payments of a view: filters, and a table on a desk or cards on a phone. */
export function PaymentList({
  search,
  onSearch,
  payments,
}: {
  search: PaymentsSearch;
  onSearch: SearchChange;
  payments: ReturnType<typeof usePayments>;
}) {
  const texts = useTexts().adminPayments;
  const open = (payment: AdminPayment) => onSearch(changed(search, { payment: payment.id }));
  const columns = usePaymentColumns(search.view, open);
  const accountName = payments.data?.pages[0]?.data.find(({ account }) => account.id === search.account)?.account.name;
  return (
    <Stack gap={0}>
      <PaymentFilters search={search} onSearch={onSearch} accountName={accountName} />
      <CursorTable
        label={texts.list}
        columns={columns}
        rowKey={(payment) => payment.id}
        query={payments}
        empty={<Empty search={search} onSearch={onSearch} />}
        onRowClick={open}
        renderCard={(payment) => <PaymentCard payment={payment} view={search.view} onOpen={open} />}
      />
    </Stack>
  );
}

function Empty({ search, onSearch }: { search: PaymentsSearch; onSearch: SearchChange }) {
  const texts = useTexts().adminPayments;
  if (isFiltered(search)) {
    return (
      <EmptyState
        Icon={IconSearch}
        title={texts.noMatchTitle}
        detail={texts.noMatch}
        action={
          <Button variant="default" onClick={() => onSearch(search.view === undefined ? {} : { view: search.view })}>
            {texts.clearFilters}
          </Button>
        }
      />
    );
  }
  const view = search.view === 'all' || search.view === 'attention' ? search.view : 'waiting';
  return <EmptyState Icon={IconCircleCheck} title={texts.emptyTitles[view]} detail={texts.empty[view]} />;
}

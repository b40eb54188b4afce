import { Stack } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Amount } from '#web/components/amount.tsx';
import { type Column, CursorTable } from '#web/components/cursor-table.tsx';
import { DateText } from '#web/components/date-text.tsx';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { api } from '#web/lib/api.ts';
import { moneyFromWire } from '#web/lib/format.ts';
import { type InvoiceSummary, invoicesAtOnceMax, invoiceState, isPayable } from '#web/lib/invoice-state.ts';
import { cursorListQuery } from '#web/lib/query.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { ChooseInvoice, type Choosing } from './choose-invoice.tsx';
import { InvoiceActions } from './invoice-actions.tsx';
import { InvoiceCard } from './invoice-card.tsx';
import { InvoiceDialog } from './invoice-dialog.tsx';
import { InvoiceFilters } from './invoice-filters.tsx';
import { InvoiceLink } from './invoice-link.tsx';
import { InvoicesEmpty } from './invoices-empty.tsx';
import { type InvoicesSearch, invoicesQuery } from './invoices-search.ts';
import { PaySeveralBar } from './pay-several-bar.tsx';
import barClasses from './pay-several-bar.module.css';

/** How a list of invoices is told where the reader wants it: the address is the only state it has. */
export type InvoiceListProps = {
  search: InvoicesSearch;
  /** `replace` says that the step is not worth a place in the history, such as a letter typed. */
  onSearch: (search: InvoicesSearch, options?: { replace?: boolean }) => void;
  /** All filters, or only the status. */
  filters: 'all' | 'status';
};

/** The invoices of the account: filter, table, the bar that pays several, and the details of the one that is open. */
export function InvoiceList({ search, onSearch, filters }: InvoiceListProps) {
  const texts = useTexts();
  const invoices = useInvoices(search);
  const rows = invoices.data?.pages.flatMap((page) => page.data) ?? [];
  const { choosing, chosen, clear } = useChoosing(rows);
  const open = (invoice: InvoiceSummary) => onSearch({ ...search, invoice: invoice.id });
  return (
    <Stack gap={0} className={barClasses['list'] ?? ''}>
      <InvoiceFilters search={search} onSearch={onSearch} filters={filters} />
      <CursorTable
        label={texts.invoices.list}
        columns={useColumns(open, choosing)}
        rowKey={(invoice) => invoice.id}
        query={invoices}
        empty={<InvoicesEmpty search={search} onSearch={onSearch} />}
        sort={search.sort ?? '-issued_on'}
        onSortChange={(sort) => onSearch(sorted(search, sort))}
        onRowClick={open}
        renderCard={(invoice) => <InvoiceCard invoice={invoice} onOpen={open} choosing={choosing} />}
      />
      <PaySeveralBar chosen={chosen} onClear={clear} />
      <InvoiceDialog invoiceId={search.invoice} onClose={() => onSearch(closed(search))} />
    </Stack>
  );
}

function useColumns(open: (invoice: InvoiceSummary) => void, choosing: Choosing | null): Column<InvoiceSummary>[] {
  const { invoices: texts, states } = useTexts();
  const choose: Column<InvoiceSummary>[] =
    choosing === null
      ? []
      : [
          {
            key: 'choose',
            title: texts.columnChoose,
            width: 64,
            render: (invoice) => <ChooseInvoice invoice={invoice} choosing={choosing} />,
          },
        ];
  return [
    ...choose,
    {
      key: 'number',
      title: texts.columnNumber,
      render: (invoice) => <InvoiceLink invoice={invoice} onOpen={open} />,
    },
    {
      key: 'issued_on',
      title: texts.columnDate,
      sortable: true,
      render: (invoice) => (invoice.issued_on === null ? null : <DateText date={invoice.issued_on} />),
    },
    {
      key: 'amount',
      title: texts.columnAmount,
      align: 'end',
      render: (invoice) => <Amount value={moneyFromWire(invoice.total, invoice.currency)} />,
    },
    {
      key: 'status',
      title: texts.columnStatus,
      render: (invoice) => <StatusBadge state={states.invoice[invoiceState(invoice)]} />,
    },
    {
      key: 'actions',
      title: texts.columnActions,
      align: 'end',
      render: (invoice) => <InvoiceActions invoice={invoice} onOpen={open} />,
    },
  ];
}

/** Which of the listed invoices are chosen. Null where there are not at least two to be paid, or nobody may. */
function useChoosing(rows: readonly InvoiceSummary[]) {
  const mayPay = useIsAllowed('invoices.pay');
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const payable = mayPay ? rows.filter(isPayable) : [];
  const toggle = (id: string) =>
    setIds((known) => new Set(known.has(id) ? [...known].filter((each) => each !== id) : [...known, id]));
  const chosen = payable.length < 2 ? [] : payable.filter(({ id }) => ids.has(id));
  const choosing: Choosing = { ids, toggle, isFull: chosen.length >= invoicesAtOnceMax };
  return {
    choosing: payable.length < 2 ? null : choosing,
    chosen,
    clear: () => setIds(new Set()),
  };
}

function useInvoices(search: InvoicesSearch) {
  const query = invoicesQuery(search);
  return useInfiniteQuery({
    ...cursorListQuery<InvoiceSummary>(['listInvoices', query], ({ cursor, signal }) =>
      api('listInvoices', { query: { ...query, ...(cursor === undefined ? {} : { cursor }) }, signal }),
    ),
    // The rows before stay while others are on their way, so that the page does not jump at every letter typed.
    placeholderData: keepPreviousData,
  });
}

function sorted(search: InvoicesSearch, sort: string): InvoicesSearch {
  const { sort: _, ...rest } = search;
  return sort === 'issued_on' ? { ...rest, sort } : rest;
}

function closed(search: InvoicesSearch): InvoicesSearch {
  const { invoice: _, ...rest } = search;
  return rest;
}

import { Stack } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Amount } from '#web/components/amount.tsx';
import { type Column, CursorTable } from '#web/components/cursor-table.tsx';
import { DateText } from '#web/components/date-text.tsx';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { api } from '#web/lib/api.ts';
import { moneyFromWire } from '#web/lib/format.ts';
import { cursorListQuery } from '#web/lib/query.ts';
import { useTexts } from '#web/lib/reader.ts';
import { InvoiceActions } from './invoice-actions.tsx';
import { InvoiceCard } from './invoice-card.tsx';
import { InvoiceDialog } from './invoice-dialog.tsx';
import { InvoiceFilters } from './invoice-filters.tsx';
import { InvoiceLink } from './invoice-link.tsx';
import { InvoicesEmpty } from './invoices-empty.tsx';
import { type InvoiceSummary, invoiceState } from '#web/lib/invoice-state.ts';
import { type InvoicesSearch, invoicesQuery } from './invoices-search.ts';

/** How a list of invoices is told where the reader wants it: the address is the only state it has. */
export type InvoiceListProps = {
  search: InvoicesSearch;
  /** `replace` says that the step is not worth a place in the history, such as a letter typed. */
  onSearch: (search: InvoicesSearch, options?: { replace?: boolean }) => void;
  /** All filters, or only the status. */
  filters: 'all' | 'status';
};

/** The invoices of the account: filter, table and the details of the one that is open. */
export function InvoiceList({ search, onSearch, filters }: InvoiceListProps) {
  const texts = useTexts();
  const invoices = useInvoices(search);
  const open = (invoice: InvoiceSummary) => onSearch({ ...search, invoice: invoice.id });
  const columns: Column<InvoiceSummary>[] = [
    {
      key: 'number',
      title: texts.invoices.columnNumber,
      render: (invoice) => <InvoiceLink invoice={invoice} onOpen={open} />,
    },
    {
      key: 'issued_on',
      title: texts.invoices.columnDate,
      sortable: true,
      render: (invoice) => (invoice.issued_on === null ? null : <DateText date={invoice.issued_on} />),
    },
    {
      key: 'amount',
      title: texts.invoices.columnAmount,
      align: 'end',
      render: (invoice) => <Amount value={moneyFromWire(invoice.total, invoice.currency)} />,
    },
    {
      key: 'status',
      title: texts.invoices.columnStatus,
      render: (invoice) => <StatusBadge state={texts.states.invoice[invoiceState(invoice)]} />,
    },
    {
      key: 'actions',
      title: texts.invoices.columnActions,
      align: 'end',
      render: (invoice) => <InvoiceActions invoice={invoice} onOpen={open} />,
    },
  ];
  return (
    <Stack gap={0}>
      <InvoiceFilters search={search} onSearch={onSearch} filters={filters} />
      <CursorTable
        label={texts.invoices.list}
        columns={columns}
        rowKey={(invoice) => invoice.id}
        query={invoices}
        empty={<InvoicesEmpty search={search} onSearch={onSearch} />}
        sort={search.sort ?? '-issued_on'}
        onSortChange={(sort) => onSearch(sorted(search, sort))}
        onRowClick={open}
        renderCard={(invoice) => <InvoiceCard invoice={invoice} onOpen={open} />}
      />
      <InvoiceDialog invoiceId={search.invoice} onClose={() => onSearch(closed(search))} />
    </Stack>
  );
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

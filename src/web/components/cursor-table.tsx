import { Button, Group, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { MouseEvent, ReactNode } from 'react';
import classes from '#web/components/cursor-table.module.css';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconChevronDown } from '#web/components/icons.tsx';
import { RowsSkeleton } from '#web/components/skeletons.tsx';
import type { Page } from '#web/lib/query.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';

/** A column: its heading, what a row shows in it, and the name it is sorted by, if it can be. */
export type Column<Row> = {
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  align?: 'start' | 'end';
  sortable?: boolean;
  width?: string | number;
};

/** What a table of cursor pages is given. `sort` is a column's key, with a minus before it when descending. */
export type CursorTableProps<Row> = {
  /** The name of the table for assistive technology. */
  label: string;
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  query: UseInfiniteQueryResult<InfiniteData<Page<Row>>>;
  empty: ReactNode;
  sort?: string;
  onSortChange?: (sort: string) => void;
  /** Opens a row. For the keyboard, a cell of the row holds a link that does the same. */
  onRowClick?: (row: Row) => void;
  /** A row on a phone; by default its columns under each other. */
  renderCard?: (row: Row) => ReactNode;
};

/** A table over a list of the API: page after page by cursor, and cards instead of rows on a phone. */
export function CursorTable<Row extends object>(props: CursorTableProps<Row>) {
  const { query } = props;
  const narrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false });
  const rows = query.data?.pages.flatMap((page) => page.data);
  if (rows === undefined) {
    return query.isError ? (
      <Stack px="lg" pb="lg">
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Stack>
    ) : (
      <RowsSkeleton />
    );
  }
  if (rows.length === 0) return props.empty;
  return (
    <div data-refreshing={query.isPlaceholderData || undefined} className={classes['list']}>
      {narrow ? <Cards {...props} rows={rows} /> : <Rows {...props} rows={rows} />}
      <MorePages query={query} count={rows.length} />
    </div>
  );
}

function Rows<Row extends object>({
  rows,
  columns,
  rowKey,
  label,
  sort,
  onSortChange,
  onRowClick,
}: CursorTableProps<Row> & { rows: Row[] }) {
  return (
    <Table.ScrollContainer minWidth={560} type="native">
      <Table
        aria-label={label}
        verticalSpacing="sm"
        horizontalSpacing="lg"
        highlightOnHover={onRowClick !== undefined}
        className={classes['table']}
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Heading key={column.key} column={column} sort={sort} onSortChange={onSortChange} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr
              key={rowKey(row)}
              {...(onRowClick === undefined
                ? {}
                : { 'data-clickable': true, onClick: (event) => opensRow(event) && onRowClick(row) })}
            >
              {columns.map((column) => (
                <Table.Td key={column.key} data-align={column.align}>
                  {column.render(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Heading<Row>({
  column,
  sort,
  onSortChange,
}: {
  column: Column<Row>;
  sort: string | undefined;
  onSortChange: ((sort: string) => void) | undefined;
}) {
  const align = { 'data-align': column.align, ...(column.width === undefined ? {} : { w: column.width }) };
  if (column.sortable !== true || onSortChange === undefined) {
    return (
      <Table.Th scope="col" {...align}>
        {column.title}
      </Table.Th>
    );
  }
  const direction = sort === column.key ? 'ascending' : sort === `-${column.key}` ? 'descending' : 'none';
  return (
    <Table.Th scope="col" aria-sort={direction} {...align}>
      <UnstyledButton
        className={classes['sort']}
        onClick={() => onSortChange(direction === 'descending' ? column.key : `-${column.key}`)}
      >
        {column.title}
        <span className={classes['arrow']} data-direction={direction}>
          <IconChevronDown size={14} />
        </span>
      </UnstyledButton>
    </Table.Th>
  );
}

/** A click on a link or button inside a row is for that alone, and selecting text opens nothing. */
function opensRow(event: MouseEvent<HTMLElement>): boolean {
  const target = event.target instanceof Element ? event.target : null;
  return target?.closest('a, button, input, label') === null && String(window.getSelection() ?? '') === '';
}

function Cards<Row extends object>({
  rows,
  columns,
  rowKey,
  label,
  onRowClick,
  renderCard,
}: CursorTableProps<Row> & { rows: Row[] }) {
  return (
    <ul aria-label={label} className={classes['cards']}>
      {rows.map((row) => (
        // The card only widens the target of the link inside it, which is what the keyboard reaches.
        <li
          key={rowKey(row)}
          className={classes['card']}
          {...(onRowClick === undefined
            ? {}
            : { 'data-clickable': true, onClick: (event) => opensRow(event) && onRowClick(row) })}
        >
          {renderCard === undefined ? <CardColumns row={row} columns={columns} /> : renderCard(row)}
        </li>
      ))}
    </ul>
  );
}

function CardColumns<Row>({ row, columns }: { row: Row; columns: readonly Column<Row>[] }) {
  return (
    <dl className={classes['columns']}>
      {columns.map((column) => (
        <div key={column.key} className={classes['column']}>
          <dt>{column.title}</dt>
          <dd>{column.render(row)}</dd>
        </div>
      ))}
    </dl>
  );
}

function MorePages<Row>({ query, count }: { query: CursorTableProps<Row>['query']; count: number }) {
  const texts = useTexts().common;
  const format = useFormat();
  if (!query.hasNextPage && !query.isFetchNextPageError) return null;
  return (
    <Group justify="space-between" px="lg" py="md">
      <Text size="sm" c="dimmed" role="status">
        {query.isFetchingNextPage ? texts.loadingMore : texts.rowsShown(format.count(count))}
      </Text>
      <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {query.isFetchNextPageError ? texts.retry : texts.loadMore}
      </Button>
    </Group>
  );
}

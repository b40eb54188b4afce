import { ScrollArea, Table } from '@mantine/core';
import type { ReactNode } from 'react';

/** A column of figures: its heading, what a row shows in it; figures stand at the end. */
export type FigureColumn<Row> = { key: string; title: string; render: (row: Row) => ReactNode; isFigure?: boolean };

/** The table twin of a chart. Seen, it scrolls in a frame that the keyboard reaches. */
export function FiguresTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  isSeen,
}: {
  label: string;
  columns: readonly FigureColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  isSeen: boolean;
}) {
  const align = (column: FigureColumn<Row>) => (column.isFigure === true ? 'end' : 'start');
  const table = (
    <Table aria-label={label} verticalSpacing={6} stickyHeader={isSeen}>
      <Table.Thead>
        <Table.Tr>
          {columns.map((column) => (
            <Table.Th key={column.key} scope="col" ta={align(column)} fz="xs" c="dimmed">
              {column.title}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={rowKey(row)}>
            {columns.map((column) => (
              <Table.Td key={column.key} ta={align(column)}>
                {column.render(row)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
  if (!isSeen) return table;
  return (
    <ScrollArea.Autosize mah={340} type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': label }}>
      {table}
    </ScrollArea.Autosize>
  );
}

import { ScrollArea, Table } from '@mantine/core';
import type { ReactNode } from 'react';

/** A column of figures: its heading, what a row shows in it; figures stand at the end. */
export type FigureColumn<Row> = { key: string; title: string; render: (row: Row) => ReactNode; isFigure?: boolean };

/** The table twin of a chart. */
export function FiguresTable<Row>({
  label,
  columns,
  rows,
  rowKey,
}: {
  label: string;
  columns: readonly FigureColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}) {
  const align = (column: FigureColumn<Row>) => (column.isFigure === true ? 'end' : 'start');
  return (
    <ScrollArea.Autosize mah={340} type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': label }}>
      <Table aria-label={label} verticalSpacing={6} stickyHeader>
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
    </ScrollArea.Autosize>
  );
}

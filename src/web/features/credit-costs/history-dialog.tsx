import { Modal, ScrollArea, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#web/components/error-state.tsx';
import { LinesSkeleton } from '#web/components/skeletons.tsx';
import { StatusBadge } from '#web/components/status-badge.tsx';
import { endpointQuery } from '#web/lib/query.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { type CostVersion, type PricedOperation, useCostWords } from './costs.ts';

/** Every cost an operation has had and will have, newest first. */
export function HistoryDialog({
  operation,
  opened,
  onClose,
}: {
  operation: PricedOperation;
  opened: boolean;
  onClose: () => void;
}) {
  const { creditCosts: texts, common } = useTexts();
  const history = useQuery({
    ...endpointQuery('listCreditCostHistory', { params: { id: operation.id } }),
    enabled: opened,
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={texts.historyOf(operation.name)}
      size="xl"
      closeButtonProps={{ 'aria-label': common.close }}
    >
      {history.data !== undefined ? (
        <History versions={history.data.data} operation={operation} />
      ) : history.isError ? (
        <ErrorState error={history.error} onRetry={() => void history.refetch()} />
      ) : (
        <LinesSkeleton lines={4} />
      )}
    </Modal>
  );
}

function History({ versions, operation }: { versions: readonly CostVersion[]; operation: PricedOperation }) {
  const texts = useTexts().creditCosts;
  const format = useFormat();
  const costWords = useCostWords();
  const columns = ['Variant', 'Version', 'Cost', 'Status', 'From', 'By'] as const;
  return (
    <ScrollArea
      type="auto"
      viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': texts.historyOf(operation.name) }}
    >
      <Table aria-label={texts.historyOf(operation.name)} verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column} scope="col" fz="xs" c="dimmed" className="unbroken">
                {texts[`column${column}`]}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {versions.map((version) => (
            <Table.Tr key={version.id}>
              <Table.Td>{version.variant ?? texts.everyVariant}</Table.Td>
              <Table.Td>{format.count(version.version)}</Table.Td>
              <Table.Td>
                {costWords(version, operation.unit)}, {texts.roundings[version.rounding].toLowerCase()}
              </Table.Td>
              <Table.Td>
                <StatusBadge state={texts.statuses[version.status]} />
              </Table.Td>
              <Table.Td className="unbroken">
                <time dateTime={version.effective_from}>{format.instant(new Date(version.effective_from))}</time>
              </Table.Td>
              <Table.Td>{version.created_by ?? texts.bySystem}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}

import { Button, Group, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { entryKinds } from '#shared/contract/metering.ts';
import { DateRangeInput } from '#web/components/date-range-input.tsx';
import { endpointQuery } from '#web/lib/query.ts';
import { useTexts } from '#web/lib/reader.ts';
import { isFiltered, type StatementSearch } from './statement-search.ts';
import type { StatementProps } from './statement-section.tsx';

/** The filters above the statement, all of them kept in the address. */
export function StatementFilters({ search, onSearch }: StatementProps) {
  const texts = useTexts().credits;
  const { data: operations } = useQuery(endpointQuery('listOperations'));
  return (
    <Group gap="sm" align="flex-end" px="lg" pb="md">
      <NativeSelect
        label={texts.entryKind}
        value={search.kind ?? ''}
        onChange={({ currentTarget }) => {
          onSearch(changed(search, { kind: entryKinds.find((kind) => kind === currentTarget.value) ?? null }));
        }}
        data={[
          { value: '', label: texts.anyKind },
          ...entryKinds.map((kind) => ({ value: kind, label: texts.entryKinds[kind] })),
        ]}
        w={{ base: '100%', xs: 170 }}
      />
      <NativeSelect
        label={texts.columnOperation}
        value={search.operation ?? ''}
        onChange={({ currentTarget }) => {
          onSearch(changed(search, { operation: currentTarget.value === '' ? null : currentTarget.value }));
        }}
        data={[{ value: '', label: texts.anyOperation }, ...operationChoices(operations?.data ?? [], search.operation)]}
        w={{ base: '100%', xs: 200 }}
      />
      <DateFilter search={search} onSearch={onSearch} />
      {isFiltered(search) && (
        <Button variant="subtle" onClick={() => onSearch({})}>
          {texts.clearFilters}
        </Button>
      )}
    </Group>
  );
}

/** The operations in use, and the one filtered by even when it is not in use any more. */
function operationChoices(operations: readonly { code: string; name: string }[], chosen: string | undefined) {
  const choices = operations.map(({ code, name }) => ({ value: code, label: name }));
  if (chosen === undefined || choices.some(({ value }) => value === chosen)) return choices;
  return [...choices, { value: chosen, label: chosen }];
}

function DateFilter({ search, onSearch }: StatementProps) {
  const texts = useTexts().credits;
  const { from, to } = search;
  return (
    <DateRangeInput
      label={texts.dates}
      placeholder={texts.anyDate}
      clearable
      value={from === undefined || to === undefined ? null : [from, to]}
      onChange={(range) => onSearch(changed(search, { from: range?.[0] ?? null, to: range?.[1] ?? null }))}
    />
  );
}

type Changes = { [filter in keyof StatementSearch]?: NonNullable<StatementSearch[filter]> | null };

/** The address with some filters changed; null takes one away. */
function changed(search: StatementSearch, changes: Changes): StatementSearch {
  const next: Record<string, unknown> = { ...search, ...changes };
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== null && value !== undefined));
}

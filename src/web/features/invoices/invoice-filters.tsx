import { Button, Group, Select } from '@mantine/core';
import { calendarDateIn } from '#shared/time/index.ts';
import { DateRangeInput } from '#web/components/date-range-input.tsx';
import { SearchInput } from '#web/components/search-input.tsx';
import { useNow } from '#web/lib/now.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { datePresets } from './date-presets.ts';
import type { InvoiceListProps } from './invoice-list.tsx';
import { type InvoicesSearch, invoiceFilterStatuses, isFiltered } from './invoices-search.ts';

/** The filters above a list of invoices, all of them kept in the address. */
export function InvoiceFilters({ search, onSearch, filters }: InvoiceListProps) {
  const { invoices: texts, states } = useTexts();
  return (
    <Group gap="sm" align="flex-end" p="lg" pb="md">
      {filters === 'all' && <NumberFilter search={search} onSearch={onSearch} />}
      <Select
        label={texts.status}
        placeholder={texts.anyStatus}
        data={invoiceFilterStatuses.map((status) => ({ value: status, label: states.invoice[status].word }))}
        value={search.status ?? null}
        onChange={(status) => onSearch(changed(search, { status }))}
        clearable
        w={{ base: '100%', xs: 180 }}
      />
      {filters === 'all' && <DateFilter search={search} onSearch={onSearch} />}
      {filters === 'all' && isFiltered(search) && (
        <Button
          variant="subtle"
          onClick={() => onSearch(changed(search, { status: null, search: null, from: null, to: null }))}
        >
          {texts.clearFilters}
        </Button>
      )}
    </Group>
  );
}

type FilterProps = Pick<InvoiceListProps, 'search' | 'onSearch'>;

function NumberFilter({ search, onSearch }: FilterProps) {
  const texts = useTexts().invoices;
  return (
    <SearchInput
      label={texts.search}
      placeholder={texts.searchPlaceholder}
      value={search.search}
      onSearch={(text) => onSearch(changed(search, { search: text }), { replace: true })}
      longest={40}
      width={220}
    />
  );
}

function DateFilter({ search, onSearch }: FilterProps) {
  const texts = useTexts().invoices;
  const { timeZone } = useFormat();
  const today = calendarDateIn(useNow(), timeZone);
  const { from, to } = search;
  return (
    <DateRangeInput
      label={texts.dates}
      placeholder={texts.anyDate}
      clearable
      presets={datePresets(today).map(({ name, ...range }) => ({ label: texts.presets[name], ...range }))}
      value={from === undefined || to === undefined ? null : [from, to]}
      onChange={(range) => onSearch(changed(search, { from: range?.[0] ?? null, to: range?.[1] ?? null }))}
    />
  );
}

type Changes = {
  [filter in 'status' | 'search' | 'from' | 'to']?: NonNullable<InvoicesSearch[filter]> | null;
};

/** The address with some filters changed; null takes one away. */
function changed(search: InvoicesSearch, changes: Changes): InvoicesSearch {
  const next: Record<string, unknown> = { ...search, ...changes };
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== null && value !== undefined));
}

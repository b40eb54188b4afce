import { Button, Group, Pill, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { SearchInput } from '#web/components/search-input.tsx';
import { endpointQuery } from '#web/lib/query.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import type { SearchChange } from './payment-list.tsx';
import { changed, filterStatuses, isFiltered, type PaymentsSearch } from './payments-search.ts';

type FilterProps = { search: PaymentsSearch; onSearch: SearchChange };

/** The filters above a list of payments, all of them kept in the address. */
export function PaymentFilters({
  search,
  onSearch,
  accountName,
}: FilterProps & {
  /** The name of the account the list is limited to, as far as a row has told it. */
  accountName: string | undefined;
}) {
  const texts = useTexts().adminPayments;
  return (
    <Group gap="sm" align="flex-end" p="lg" pb="md">
      <SearchFilter search={search} onSearch={onSearch} />
      {search.view === 'all' && (
        <Select
          label={texts.status}
          placeholder={texts.anyStatus}
          data={filterStatuses.map((status) => ({ value: status, label: texts.statuses[status] }))}
          value={search.status ?? null}
          onChange={(status) => onSearch(changed(search, { status }))}
          clearable
          w={{ base: '100%', xs: 200 }}
        />
      )}
      <MethodFilter search={search} onSearch={onSearch} />
      {search.account !== undefined && (
        <Pill
          size="lg"
          withRemoveButton
          onRemove={() => onSearch(changed(search, { account: null }))}
          removeButtonProps={{ 'aria-label': texts.removeAccountFilter, 'aria-hidden': false, tabIndex: 0 }}
        >
          <Text span size="sm">
            {texts.accountFilter(accountName ?? texts.thisAccount)}
          </Text>
        </Pill>
      )}
      {isFiltered(search) && (
        <Button
          variant="subtle"
          onClick={() => onSearch(changed(search, { status: null, method: null, account: null, search: null }))}
        >
          {texts.clearFilters}
        </Button>
      )}
    </Group>
  );
}

function SearchFilter({ search, onSearch }: FilterProps) {
  const texts = useTexts().adminPayments;
  return (
    <SearchInput
      label={texts.search}
      placeholder={texts.searchPlaceholder}
      value={search.search}
      onSearch={(text) => onSearch(changed(search, { search: text }), { replace: true })}
      longest={80}
      width={320}
    />
  );
}

function MethodFilter({ search, onSearch }: FilterProps) {
  const texts = useTexts().adminPayments;
  const maySee = useIsAllowed('payment_options.read_all');
  const options = useQuery({ ...endpointQuery('listPaymentOptions'), enabled: maySee }).data?.data ?? [];
  const named = [
    ...Object.entries(texts.methods),
    ...options.map(({ method, display_name: name }) => [method, texts.methods[method] ?? name] as const),
  ];
  const names = new Map<string, string>(
    search.method === undefined ? named : [[search.method, search.method], ...named],
  );
  return (
    <Select
      label={texts.method}
      placeholder={texts.anyMethod}
      data={[...names].map(([value, label]) => ({ value, label }))}
      value={search.method ?? null}
      onChange={(method) => onSearch(changed(search, { method }))}
      clearable
      searchable
      w={{ base: '100%', xs: 190 }}
    />
  );
}

import { Chip, Group, NativeSelect } from '@mantine/core';
import { usageRange } from '#shared/contract/metering.ts';
import { addDays, type CalendarDate } from '#shared/time/index.ts';
import { DateRangeInput } from '#web/components/date-range-input.tsx';
import { useTexts } from '#web/lib/reader.ts';
import type { UsageAnalytics } from './usage-analytics.ts';
import { periodOf, type UsageSearch, usagePeriods } from './usage-search.ts';

type FilterProps = { search: UsageSearch; onSearch: (search: UsageSearch) => void };

/** The days and whose use they are looked at for, all kept in the address. */
export function UsageFilters({
  search,
  onSearch,
  days,
  usage,
}: FilterProps & { days: { from: CalendarDate; to: CalendarDate }; usage: UsageAnalytics | undefined }) {
  const texts = useTexts().usage;
  return (
    <Group gap="md" align="flex-end" justify="space-between">
      <Periods search={search} onSearch={onSearch} />
      <Group gap="sm" align="flex-end" style={{ flex: '0 1 auto' }}>
        <OwnDays search={search} onSearch={onSearch} days={days} />
        <Choice
          label={texts.site}
          all={texts.allSites}
          options={usage?.sites ?? []}
          value={search.site}
          onChoose={(site) => onSearch(withSite(search, site))}
        />
        <Choice
          label={texts.member}
          all={texts.allMembers}
          options={usage?.members ?? []}
          value={search.member}
          onChoose={(member) => onSearch(withMember(search, member))}
        />
      </Group>
    </Group>
  );
}

function Periods({ search, onSearch }: FilterProps) {
  const texts = useTexts().usage;
  const { from: _from, to: _to, period: _period, ...who } = search;
  return (
    <Chip.Group
      value={periodOf(search)}
      onChange={(chosen) => {
        const period = usagePeriods.find((known) => known === chosen);
        if (period !== undefined) onSearch(period === 'last30Days' ? who : { ...who, period });
      }}
    >
      <Group gap="xs" role="radiogroup" aria-label={texts.period}>
        {usagePeriods.map((period) => (
          <Chip key={period} value={period} radius="md" variant="outline">
            {texts.periods[period]}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

function OwnDays({ search, onSearch, days }: FilterProps & { days: { from: CalendarDate; to: CalendarDate } }) {
  const texts = useTexts().usage;
  const { from: _from, to: _to, period: _period, ...who } = search;
  return (
    <DateRangeInput
      label={texts.range}
      earliest={usageRange.earliest}
      latestFrom={(from) => addDays(from, usageRange.daysMax - 1)}
      value={[days.from, days.to]}
      onChange={(range) => {
        if (range !== null) onSearch({ ...who, from: range[0], to: range[1] });
      }}
    />
  );
}

/** A choice among sites or members, shown only when there is one to make. */
function Choice({
  label,
  all,
  options,
  value,
  onChoose,
}: {
  label: string;
  all: string;
  options: readonly { id: string; name: string }[];
  value: string | undefined;
  onChoose: (id: string | undefined) => void;
}) {
  if (options.length === 0 && value === undefined) return null;
  const isListed = value === undefined || options.some(({ id }) => id === value);
  return (
    <NativeSelect
      label={label}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChoose(currentTarget.value === '' ? undefined : currentTarget.value)}
      data={[
        { value: '', label: all },
        ...options.map(({ id, name }) => ({ value: id, label: name })),
        ...(isListed ? [] : [{ value, label: value }]),
      ]}
      w={{ base: '100%', xs: 170 }}
    />
  );
}

function withSite(search: UsageSearch, site: string | undefined): UsageSearch {
  const { site: _, ...rest } = search;
  return site === undefined ? rest : { ...rest, site };
}

function withMember(search: UsageSearch, member: string | undefined): UsageSearch {
  const { member: _, ...rest } = search;
  return member === undefined ? rest : { ...rest, member };
}

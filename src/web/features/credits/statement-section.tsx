import { Anchor, Button, Stack, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { type Column, CursorTable } from '#web/components/cursor-table.tsx';
import { EmptyState } from '#web/components/empty-state.tsx';
import { IconDownload, IconHistory, IconSearch } from '#web/components/icons.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { Section } from '#web/components/section.tsx';
import { api, endpointUrl } from '#web/lib/api.ts';
import { creditsFromWire } from '#web/lib/format.ts';
import { cursorListQuery } from '#web/lib/query.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { EntryCard } from './entry-card.tsx';
import { EntryDialog } from './entry-dialog.tsx';
import { entryDetail, entryTitle, signed, type StatementEntry } from './entry-words.ts';
import { StatementFilters } from './statement-filters.tsx';
import { isFiltered, type StatementSearch, statementQuery } from './statement-search.ts';

/** How a statement is told where the reader wants it: the address is the only state it has. */
export type StatementProps = {
  search: StatementSearch;
  onSearch: (search: StatementSearch, options?: { replace?: boolean }) => void;
};

/** Every entry of the account with its reason behind it; filtered, page by page, and as CSV. */
export function StatementSection({ search, onSearch }: StatementProps) {
  const texts = useTexts().credits;
  const columns = useColumns((entry) => onSearch({ ...search, entry: entry.id }));
  return (
    <Section
      title={texts.statement}
      description={texts.statementDetail}
      flush
      actions={
        <Button
          component="a"
          href={endpointUrl('getCreditStatement', {}, { ...statementQuery(search), format: 'csv' })}
          download
          variant="default"
          size="xs"
          leftSection={<IconDownload size={16} />}
        >
          {texts.download}
        </Button>
      }
    >
      <StatementFilters search={search} onSearch={onSearch} />
      <CursorTable<StatementEntry>
        label={texts.statement}
        columns={columns}
        rowKey={(entry) => entry.id}
        query={useStatement(search)}
        empty={<Empty search={search} onSearch={onSearch} />}
        onRowClick={(entry) => onSearch({ ...search, entry: entry.id })}
        renderCard={(entry) => <EntryCard entry={entry} onExplain={(id) => onSearch({ ...search, entry: id })} />}
      />
      <EntryDialog
        entryId={search.entry}
        onEntry={(entry) => onSearch({ ...search, entry })}
        onClose={() => onSearch(statementQuery(search))}
      />
    </Section>
  );
}

function useStatement(search: StatementSearch) {
  const query = statementQuery(search);
  return useInfiniteQuery({
    ...cursorListQuery<StatementEntry>(['getCreditStatement', query], ({ cursor, signal }) =>
      api('getCreditStatement', { query: { ...query, ...(cursor === undefined ? {} : { cursor }) }, signal }),
    ),
    placeholderData: keepPreviousData,
  });
}

function useColumns(onOpen: (entry: StatementEntry) => void): Column<StatementEntry>[] {
  const texts = useTexts().credits;
  const format = useFormat();
  return [
    { key: 'when', title: texts.columnWhen, render: (entry) => <RelativeTime at={entry.occurred_at} /> },
    { key: 'what', title: texts.columnWhat, render: (entry) => <EntryWords entry={entry} /> },
    { key: 'change', title: texts.columnChange, align: 'end', render: (entry) => <Change entry={entry} /> },
    {
      key: 'balance',
      title: texts.columnBalance,
      align: 'end',
      render: (entry) => <bdi className="figures">{format.credits(creditsFromWire(entry.balance))}</bdi>,
    },
    {
      key: 'why',
      title: texts.columnWhy,
      align: 'end',
      render: (entry) => (
        <Anchor
          component="button"
          type="button"
          size="sm"
          aria-label={texts.whyOf(entryTitle(entry, texts))}
          onClick={() => onOpen(entry)}
        >
          {texts.why}
        </Anchor>
      ),
    },
  ];
}

function EntryWords({ entry }: { entry: StatementEntry }) {
  const texts = useTexts().credits;
  const detail = entryDetail(entry, useFormat());
  return (
    <Stack gap={0}>
      <Text span size="sm" fw={600}>
        {entryTitle(entry, texts)}
      </Text>
      {detail !== null && (
        <Text span size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {detail}
        </Text>
      )}
    </Stack>
  );
}

/** What changed; where only what is held has changed, that. */
function Change({ entry }: { entry: StatementEntry }) {
  const texts = useTexts().credits;
  const format = useFormat();
  if (entry.change === 0 && entry.held_change !== 0) {
    return (
      <Text span size="sm" c="dimmed" className="figures unbroken">
        {texts.heldChange(signed(creditsFromWire(entry.held_change), format))}
      </Text>
    );
  }
  return (
    <Text span size="sm" fw={600} className="figures unbroken">
      {signed(creditsFromWire(entry.change), format)}
    </Text>
  );
}

function Empty({ search, onSearch }: StatementProps) {
  const texts = useTexts().credits;
  if (!isFiltered(search)) {
    return <EmptyState Icon={IconHistory} title={texts.emptyTitle} detail={texts.emptyDetail} />;
  }
  return (
    <EmptyState
      Icon={IconSearch}
      title={texts.noMatchTitle}
      detail={texts.noMatchDetail}
      action={
        <Button variant="default" onClick={() => onSearch({})}>
          {texts.clearFilters}
        </Button>
      }
    />
  );
}

import { Button, Card } from '@mantine/core';
import { EmptyState } from '#web/components/empty-state.tsx';
import { IconChart } from '#web/components/icons.tsx';
import { ButtonLink } from '#web/components/links.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import type { UsageSearch } from './usage-search.ts';

/** Days in which nothing was used: by nobody, or only not by whom the filter names. */
export function UsageEmpty({ search, onSearch }: { search: UsageSearch; onSearch: (search: UsageSearch) => void }) {
  const texts = useTexts().usage;
  const mayConsume = useIsAllowed('credits.consume');
  const { site, member, ...days } = search;
  const isFiltered = site !== undefined || member !== undefined;
  const action = isFiltered ? (
    <Button variant="default" onClick={() => onSearch(days)}>
      {texts.clearFilters}
    </Button>
  ) : (
    mayConsume && <ButtonLink to="/playground">{texts.emptyAction}</ButtonLink>
  );
  return (
    <Card>
      <EmptyState
        Icon={IconChart}
        title={texts.emptyTitle}
        detail={isFiltered ? texts.emptyFiltered : texts.emptyDetail}
        {...(action === false ? {} : { action })}
      />
    </Card>
  );
}

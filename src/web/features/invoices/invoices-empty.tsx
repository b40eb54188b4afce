import { Button } from '@mantine/core';
import { EmptyState } from '#web/components/empty-state.tsx';
import { IconInvoice, IconSearch } from '#web/components/icons.tsx';
import { ButtonLink } from '#web/components/links.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import type { InvoiceListProps } from './invoice-list.tsx';
import { isFiltered } from './invoices-search.ts';

/** No invoice at all, or none that fits the filter: two different things with two next steps. */
export function InvoicesEmpty({ search, onSearch }: Pick<InvoiceListProps, 'search' | 'onSearch'>) {
  const texts = useTexts().invoices;
  const mayBuy = useIsAllowed('credits.purchase');
  if (isFiltered(search)) {
    return (
      <EmptyState
        Icon={IconSearch}
        title={texts.noMatchTitle}
        detail={texts.noMatch}
        action={
          <Button variant="default" onClick={() => onSearch(search.sort === undefined ? {} : { sort: search.sort })}>
            {texts.clearFilters}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      Icon={IconInvoice}
      title={texts.emptyTitle}
      detail={texts.empty}
      {...(mayBuy
        ? {
            action: <ButtonLink to="/account/credits/purchase">{texts.emptyAction}</ButtonLink>,
          }
        : {})}
    />
  );
}

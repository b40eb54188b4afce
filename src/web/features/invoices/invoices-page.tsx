import { Card } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconCredits } from '#web/components/icons.tsx';
import { ButtonLink } from '#web/components/links.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { InvoiceList } from './invoice-list.tsx';

/** /account/invoices: every invoice of the account. */
export function InvoicesPage() {
  const texts = useTexts().invoices;
  const search = useSearch({ from: '/house/account/account/invoices' });
  const navigate = useNavigate();
  const mayBuy = useIsAllowed('credits.purchase');
  return (
    <>
      <PageHeader
        title={texts.title}
        description={texts.lead}
        {...(mayBuy
          ? {
              actions: (
                <ButtonLink to="/account/credits/purchase" leftSection={<IconCredits />}>
                  {texts.emptyAction}
                </ButtonLink>
              ),
            }
          : {})}
      />
      <Card padding={0}>
        <InvoiceList
          search={search}
          filters="all"
          onSearch={(next, options) =>
            void navigate({ to: '/account/invoices', search: next, replace: options?.replace ?? false })
          }
        />
      </Card>
    </>
  );
}

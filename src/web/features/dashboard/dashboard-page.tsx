import { SimpleGrid, Stack } from '@mantine/core';
import { ExpiringMethodWarning } from '#web/components/expiring-method-warning.tsx';
import { IconCredits } from '#web/components/icons.tsx';
import { ButtonLink } from '#web/components/links.tsx';
import { OpenInvoiceWarning } from '#web/components/open-invoice-warning.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { CreditsCard } from './credits-card.tsx';
import { LastInvoiceCard } from './last-invoice-card.tsx';
import { RecentInvoices } from './recent-invoices.tsx';

/** The overview: credits left, the last invoice, what needs the reader, and the way to buy. */
export function DashboardPage() {
  const { dashboard: texts } = useTexts();
  const mayPurchase = useIsAllowed('credits.purchase');
  const seesCredits = useIsAllowed('credits.read');
  const seesInvoices = useIsAllowed('invoices.read');
  return (
    <>
      <PageHeader
        title={texts.title}
        actions={
          mayPurchase && (
            <ButtonLink to="/account/credits/purchase" leftSection={<IconCredits />}>
              {texts.purchaseCredits}
            </ButtonLink>
          )
        }
      />
      <Stack gap="lg">
        {seesInvoices && <OpenInvoiceWarning />}
        <ExpiringMethodWarning />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
          {seesCredits && <CreditsCard />}
          {seesInvoices && <LastInvoiceCard />}
        </SimpleGrid>
        {seesInvoices && <RecentInvoices />}
      </Stack>
    </>
  );
}

import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconCredits, IconTag } from '#web/components/icons.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { AdjustSection } from './adjust-section.tsx';
import { OperationsSection } from './operations-section.tsx';

/** /admin/credit-costs: for staff, what operations cost, and the way to give and take credits. */
export function CreditCostsPage() {
  const texts = useTexts().creditCosts;
  const search = useSearch({ from: '/house/admin/credit-costs' });
  const navigate = useNavigate();
  const mayAdjust = useIsAllowed('credits.adjust');
  return (
    <>
      <PageHeader title={texts.title} description={texts.description} />
      <Tabs
        value={search.tab === 'adjust' && mayAdjust ? 'adjust' : 'costs'}
        keepMounted={false}
        onChange={(tab) =>
          void navigate({ to: '/admin/credit-costs', search: tab === 'adjust' ? { tab } : {}, replace: true })
        }
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="costs" leftSection={<IconTag size={16} />}>
            {texts.tabCosts}
          </Tabs.Tab>
          {mayAdjust && (
            <Tabs.Tab value="adjust" leftSection={<IconCredits size={16} />}>
              {texts.tabAdjust}
            </Tabs.Tab>
          )}
        </Tabs.List>
        <Tabs.Panel value="costs">
          <OperationsSection />
        </Tabs.Panel>
        {mayAdjust && (
          <Tabs.Panel value="adjust">
            <AdjustSection
              account={search.account}
              onAccount={(account) =>
                void navigate({ to: '/admin/credit-costs', search: { tab: 'adjust', account }, replace: true })
              }
            />
          </Tabs.Panel>
        )}
      </Tabs>
    </>
  );
}

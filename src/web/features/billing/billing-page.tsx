import { Card, Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconCredits, IconInvoice } from '#web/components/icons.tsx';
import { ButtonLink } from '#web/components/links.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { type BillingTab, billingTabs } from './billing-search.ts';

const icons = { credits: <IconCredits />, history: <IconInvoice /> };

/** /account/billing: the credits and the billing history of the account, each under its tab. */
export function BillingPage({
  tab,
  onTab,
  credits,
  history,
}: {
  tab: BillingTab;
  onTab: (tab: BillingTab) => void;
  credits: ReactNode;
  history: ReactNode;
}) {
  const texts = useTexts().billing;
  const mayBuy = useIsAllowed('credits.purchase');
  return (
    <>
      <PageHeader
        title={texts.title}
        {...(mayBuy && tab === 'history'
          ? {
              actions: (
                <ButtonLink to="/account/credits/purchase" leftSection={<IconCredits />}>
                  {texts.purchase}
                </ButtonLink>
              ),
            }
          : {})}
      />
      <Tabs
        value={tab}
        onChange={(next) => onTab(billingTabs.find((known) => known === next) ?? 'credits')}
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          {billingTabs.map((name) => (
            <Tabs.Tab key={name} value={name} leftSection={icons[name]}>
              {texts.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="credits">{credits}</Tabs.Panel>
        <Tabs.Panel value="history">
          <Card padding={0}>{history}</Card>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

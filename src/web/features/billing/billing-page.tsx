import { Box, Card, Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconBilling, IconCredits, IconInvoice } from '#web/components/icons.tsx';
import { ButtonLink } from '#web/components/links.tsx';
import { OpenInvoiceWarning } from '#web/components/open-invoice-warning.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import classes from './billing-page.module.css';
import { type BillingTab, billingTabs } from './billing-search.ts';

const icons = { credits: <IconCredits />, history: <IconInvoice />, methods: <IconBilling /> };

/** /account/billing: the credits, the billing history and the saved payment methods of the account, each under its tab. */
export function BillingPage({
  tab,
  onTab,
  credits,
  history,
  methods,
}: {
  tab: BillingTab;
  onTab: (tab: BillingTab) => void;
  credits: ReactNode;
  history: ReactNode;
  methods: ReactNode;
}) {
  const texts = useTexts().billing;
  const mayBuy = useIsAllowed('credits.purchase');
  const seesInvoices = useIsAllowed('invoices.read');
  const seesMethods = useIsAllowed('saved_methods.read');
  const tabs = billingTabs.filter((name) => name !== 'methods' || seesMethods);
  const shown = tabs.find((name) => name === tab) ?? 'credits';
  return (
    <>
      <PageHeader
        title={texts.title}
        {...(mayBuy && shown === 'history'
          ? {
              actions: (
                <ButtonLink to="/account/credits/purchase" leftSection={<IconCredits />}>
                  {texts.purchase}
                </ButtonLink>
              ),
            }
          : {})}
      />
      {seesInvoices && (
        <Box mb="lg">
          <OpenInvoiceWarning />
        </Box>
      )}
      <Tabs
        value={shown}
        onChange={(next) => onTab(billingTabs.find((known) => known === next) ?? 'credits')}
        keepMounted={false}
        classNames={{ tab: classes['tab'] ?? '', tabSection: classes['icon'] ?? '' }}
      >
        <Tabs.List mb="lg">
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name} leftSection={icons[name]}>
              {texts.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="credits">{credits}</Tabs.Panel>
        <Tabs.Panel value="history">
          <Card padding={0}>{history}</Card>
        </Tabs.Panel>
        <Tabs.Panel value="methods">{methods}</Tabs.Panel>
      </Tabs>
    </>
  );
}

import { Stack, Tabs } from '@mantine/core';
import { ButtonLink } from '#web/components/links.tsx';
import { IconInbox } from '#web/components/icons.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { ClockSection } from './clock-section.tsx';
import { SimulatorSections } from './simulator-sections.tsx';
import { TestBuyersSection } from './test-buyers-section.tsx';
import { TestCardsSection } from './test-cards-section.tsx';

/** /sandbox: the clock, the simulated gateways and what to pay with. */
export function ControlsPage() {
  const texts = useTexts().sandbox;
  return (
    <>
      <PageHeader
        title={texts.controlsTitle}
        description={texts.controlsLead}
        actions={
          <ButtonLink to="/sandbox/mailbox" variant="default" leftSection={<IconInbox />}>
            {texts.mailboxTitle}
          </ButtonLink>
        }
      />
      <Stack gap="lg">
        <ClockSection />
        <Tabs defaultValue="stripe" keepMounted={false}>
          <Tabs.List aria-label={texts.gateways} mb="lg">
            <Tabs.Tab value="stripe">Stripe</Tabs.Tab>
            <Tabs.Tab value="paypal">PayPal</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="stripe">
            <Stack gap="lg">
              <TestCardsSection />
              <SimulatorSections gateway="stripe" />
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="paypal">
            <Stack gap="lg">
              <TestBuyersSection />
              <SimulatorSections gateway="paypal" />
            </Stack>
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </>
  );
}

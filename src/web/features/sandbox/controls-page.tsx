import { Stack } from '@mantine/core';
import { ButtonLink } from '#web/components/links.tsx';
import { IconInbox } from '#web/components/icons.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { ClockSection } from './clock-section.tsx';
import { StripeSections } from './stripe-sections.tsx';
import { TestCardsSection } from './test-cards-section.tsx';

/** /sandbox: the clock, the simulated gateway and the cards to pay with. */
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
        <TestCardsSection />
        <StripeSections />
      </Stack>
    </>
  );
}

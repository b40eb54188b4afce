import { Stack, Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconInbox, IconKey } from '#web/components/icons.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { usePlatformApiKeys } from './api-keys.ts';
import { ApiKeysSection } from './api-keys-section.tsx';
import { GatewayEventsSection } from './gateway-events-section.tsx';
import { RequestExample } from './request-example.tsx';

/** For staff: the keys of the product itself, and what the gateways have sent. */
export function SystemPage() {
  const { integration: texts } = useTexts();
  const navigate = useNavigate();
  const search = useSearch({ from: '/house/admin/integration' });
  const seesKeys = useIsAllowed('platform_keys.read');
  const seesEvents = useIsAllowed('gateway_events.read');
  const tab = search.tab ?? (seesKeys ? 'keys' : 'events');
  return (
    <>
      <PageHeader title={texts.systemTitle} description={texts.systemDescription} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(chosen) =>
          void navigate({ to: '/admin/integration', search: chosen === 'events' ? { tab: 'events' } : {} })
        }
      >
        <Tabs.List mb="lg">
          {seesKeys && (
            <Tabs.Tab value="keys" leftSection={<IconKey size={16} />}>
              {texts.tabKeys}
            </Tabs.Tab>
          )}
          {seesEvents && (
            <Tabs.Tab value="events" leftSection={<IconInbox size={16} />}>
              {texts.tabEvents}
            </Tabs.Tab>
          )}
        </Tabs.List>
        {seesKeys && (
          <Tabs.Panel value="keys">
            <PlatformKeys />
          </Tabs.Panel>
        )}
        {seesEvents && (
          <Tabs.Panel value="events">
            <GatewayEventsSection status={search.status} />
          </Tabs.Panel>
        )}
      </Tabs>
    </>
  );
}

function PlatformKeys() {
  const { integration: texts } = useTexts();
  return (
    <Stack gap="lg">
      <ApiKeysSection
        keys={usePlatformApiKeys()}
        title={texts.platformKeys}
        description={texts.platformKeysDetail}
        emptyDetail={texts.noPlatformKeysDetail}
        createTitle={texts.createPlatformKeyTitle}
      />
      <RequestExample description={texts.examplePlatformDetail} headers={['Purser-Account: ext:customer-42']} />
    </Stack>
  );
}

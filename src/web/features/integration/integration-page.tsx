import { Stack } from '@mantine/core';
import { PageHeader } from '#web/components/page-header.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { useAccountApiKeys } from './api-keys.ts';
import { ApiKeysSection } from './api-keys-section.tsx';
import { RequestExample } from './request-example.tsx';

/** The keys of the account, and how to use one. */
export function IntegrationPage() {
  const { integration: texts } = useTexts();
  return (
    <>
      <PageHeader title={texts.title} description={texts.description} />
      <Stack gap="lg">
        <ApiKeysSection
          keys={useAccountApiKeys()}
          title={texts.keys}
          emptyDetail={texts.noKeysDetail}
          createTitle={texts.createKeyTitle}
        />
        <RequestExample description={texts.exampleDetail} />
      </Stack>
    </>
  );
}

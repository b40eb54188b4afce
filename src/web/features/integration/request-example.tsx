import { Anchor, Code, Group, Stack } from '@mantine/core';
import { endpointUrl } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import { CopyButton } from '#web/components/copy-button.tsx';
import { IconExternal } from '#web/components/icons.tsx';
import { Section } from '#web/components/section.tsx';

/** A request to try a key with, at the address this very install answers on. */
export function RequestExample({ description, headers = [] }: { description: string; headers?: readonly string[] }) {
  const { integration: texts } = useTexts();
  const command = [
    `curl ${window.location.origin}${endpointUrl('getCreditBalance')}`,
    ...['Authorization: Bearer purser_…', ...headers].map((header) => `-H '${header}'`),
  ].join(' \\\n  ');
  return (
    <Section
      title={texts.example}
      description={description}
      actions={<CopyButton value={command} what={texts.copyExample} />}
    >
      <Stack gap="md">
        <Code block tabIndex={0}>
          {command}
        </Code>
        <Anchor href="/docs/api" target="_blank" size="sm">
          <Group gap={6} component="span">
            {texts.reference}
            <IconExternal size={14} />
          </Group>
        </Anchor>
      </Stack>
    </Section>
  );
}

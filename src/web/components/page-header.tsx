import { Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTexts } from '#web/lib/reader.ts';

/** The head of a page: its title, also the document's, at most one sentence, and the primary action at the end. */
export function PageHeader({
  title,
  description,
  actions,
}: {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
}) {
  useDocumentTitle(`${title} · ${useTexts().common.productName}`);
  return (
    <Group justify="space-between" align="flex-end" gap="md" mb="lg">
      <Stack gap={4} style={{ flex: '1 1 16rem' }}>
        <Title order={1}>{title}</Title>
        {description !== undefined && (
          <Text c="dimmed" maw="65ch">
            {description}
          </Text>
        )}
      </Stack>
      {actions !== undefined && <Group gap="sm">{actions}</Group>}
    </Group>
  );
}

import { Card, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTexts } from '#web/lib/reader.ts';

/** The one card of a page outside the shell: a title, at most a sentence, the form; `footer` stands below it. */
export function AuthCard({
  title,
  description,
  footer,
  children,
}: {
  title: string;
  description?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
}) {
  useDocumentTitle(`${title} · ${useTexts().common.productName}`);
  return (
    <Stack gap="lg">
      <Card padding="xl">
        <Title order={1} fz={22} ta="center">
          {title}
        </Title>
        {description !== undefined && (
          <Text c="dimmed" size="sm" ta="center" mt={6}>
            {description}
          </Text>
        )}
        {children !== undefined && <div style={{ marginBlockStart: 24 }}>{children}</div>}
      </Card>
      {footer !== undefined && (
        <Text size="sm" ta="center" component="div">
          {footer}
        </Text>
      )}
    </Stack>
  );
}

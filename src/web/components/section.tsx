import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

/** A plain section of a page: a titled card. `flush` lets a table reach the card's edges. */
export function Section({
  title,
  description,
  actions,
  flush = false,
  children,
}: {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <Card component="section" aria-labelledby={id} padding={flush ? 0 : 'lg'}>
      <Group justify="space-between" gap="md" p={flush ? 'lg' : 0} pb="md">
        <Stack gap={2} style={{ flex: '1 1 14rem' }}>
          <Title order={2} id={id}>
            {title}
          </Title>
          {description !== undefined && (
            <Text size="sm" c="dimmed" maw="70ch">
              {description}
            </Text>
          )}
        </Stack>
        {actions !== undefined && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </Card>
  );
}

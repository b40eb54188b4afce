import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Icon } from '#web/components/icons.tsx';

/** What a list or page is while there is nothing in it, and the one next step. */
export function EmptyState({
  Icon,
  title,
  detail,
  action,
}: {
  Icon: Icon;
  title?: string;
  detail?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <Stack align="center" gap="xs" py="xl" px="lg" ta="center">
      <Text span c="dimmed" lh={0}>
        <Icon size={32} />
      </Text>
      {title !== undefined && <Text fw={600}>{title}</Text>}
      {detail !== undefined && (
        <Text size="sm" c="dimmed" maw="48ch">
          {detail}
        </Text>
      )}
      {action !== undefined && <div style={{ marginBlockStart: 8 }}>{action}</div>}
    </Stack>
  );
}

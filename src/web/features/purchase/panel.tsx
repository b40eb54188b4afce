import { Card, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Icon } from '#web/components/icons.tsx';

/** One thing in the middle of the page: what is the case, and what can be done. */
export function Panel({
  mark,
  title,
  notice,
  actions,
  children,
}: {
  mark: ReactNode;
  title: string;
  notice?: ReactNode;
  actions: ReactNode;
  children: ReactNode;
}) {
  return (
    <Card maw={640} mx="auto" w="100%" padding="xl">
      <Stack align="center" ta="center" gap="sm" role="status">
        {mark}
        <Title order={2}>{title}</Title>
        <Text c="dimmed" maw="48ch">
          {children}
        </Text>
      </Stack>
      {notice !== undefined && notice !== null && <div style={{ marginBlockStart: 16 }}>{notice}</div>}
      <Group justify="center" mt="lg">
        {actions}
      </Group>
    </Card>
  );
}

/** The icon of a panel. */
export function PanelMark({ icon: Mark }: { icon: Icon }) {
  return (
    <Text span c="dimmed" lh={0}>
      <Mark size={36} />
    </Text>
  );
}

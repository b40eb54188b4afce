import { Card, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Credits } from '#shared/money/index.ts';
import { CreditCount } from '#web/components/credit-count.tsx';
import { ErrorState } from '#web/components/error-state.tsx';
import { LinesSkeleton } from '#web/components/skeletons.tsx';
import { creditsFromWire } from '#web/lib/format.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useTexts } from '#web/lib/reader.ts';

/** What can be spent and what is held; said aloud when it moves. */
export function PlaygroundBalance() {
  const texts = useTexts().playground;
  const balance = useQuery(endpointQuery('getCreditBalance'));
  return (
    <Card>
      {balance.isPending && <LinesSkeleton lines={2} />}
      {balance.isError && <ErrorState error={balance.error} onRetry={() => void balance.refetch()} />}
      {balance.data !== undefined && (
        <Group gap="xl" aria-live="polite" aria-atomic="true">
          <Units name={texts.balance} units={creditsFromWire(balance.data.available)} />
          <Units name={texts.held} units={creditsFromWire(balance.data.held)} />
        </Group>
      )}
    </Card>
  );
}

function Units({ name, units }: { name: string; units: Credits }) {
  return (
    <Stack gap={2}>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <CreditCount units={units} fz={32} fw={650} lh={1.2} />
    </Stack>
  );
}

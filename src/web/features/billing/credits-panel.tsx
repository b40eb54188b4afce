import { Card, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CreditCount } from '#web/components/credit-count.tsx';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconCredits } from '#web/components/icons.tsx';
import { ButtonLink } from '#web/components/links.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { creditsFromWire } from '#web/lib/format.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';

/** The balance, large, and the way to more. */
export function CreditsPanel() {
  const texts = useTexts().billing;
  const mayBuy = useIsAllowed('credits.purchase');
  return (
    <Card>
      <Group justify="space-between" align="flex-end" gap="lg">
        <Balance />
        {mayBuy && (
          <ButtonLink to="/account/credits/purchase" size="md" leftSection={<IconCredits />}>
            {texts.purchase}
          </ButtonLink>
        )}
      </Group>
    </Card>
  );
}

function Balance() {
  const texts = useTexts().billing;
  const format = useFormat();
  const balance = useQuery(endpointQuery('getCreditBalance'));
  if (balance.data === undefined) {
    return balance.isError ? (
      <ErrorState error={balance.error} onRetry={() => void balance.refetch()} />
    ) : (
      <Skeleton height={84} width="14rem" />
    );
  }
  const available = creditsFromWire(balance.data.available);
  const held = creditsFromWire(balance.data.held);
  return (
    <Stack gap={4}>
      <Text c="dimmed">{texts.balance}</Text>
      <Group gap="xs" align="baseline">
        <CreditCount units={available} fz={44} fw={650} lh={1.1} />
        <Text c="dimmed">{texts.creditsUnit}</Text>
      </Group>
      {held > 0n && <Text size="sm">{texts.held(format.credits(held))}</Text>}
      <Text size="sm" c="dimmed">
        {available === 0n && held === 0n ? (
          texts.none
        ) : (
          <>
            {texts.asOf} <RelativeTime at={balance.data.as_of} />
          </>
        )}
      </Text>
    </Stack>
  );
}

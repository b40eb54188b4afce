import { Card, Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { LotKind } from '#shared/contract/metering.ts';
import type { Credits } from '#shared/money/index.ts';
import { CreditCount } from '#web/components/credit-count.tsx';
import { IconCredits } from '#web/components/icons.tsx';
import { ButtonLink, TextLink } from '#web/components/links.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import type { ApiResult } from '#web/lib/api.ts';
import { creditsFromWire } from '#web/lib/format.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';

/** What an account has to spend. */
export type CreditBalance = ApiResult<'getCreditBalance'>;

/** The balance, large, what of it came free, what was used this month, and the way to more. */
export function BalanceCard({ balance }: { balance: CreditBalance }) {
  const texts = useTexts().credits;
  const mayBuy = useIsAllowed('credits.purchase');
  const seesUsage = useIsAllowed('usage.read');
  const included = unitsOf(balance, 'plan');
  return (
    <Card>
      <Stack gap="lg">
        <Group justify="space-between" align="flex-start" gap="lg">
          <Available balance={balance} />
          {mayBuy && (
            <ButtonLink to="/account/credits/purchase" size="md" leftSection={<IconCredits />}>
              {texts.purchase}
            </ButtonLink>
          )}
        </Group>
        <SimpleGrid cols={{ base: 1, sm: included === null ? 2 : 3 }} spacing="lg">
          {included !== null && <Kind name={texts.monthlyIncluded} units={included} />}
          <Kind name={texts.bonus} units={unitsOf(balance, 'bonus') ?? creditsFromWire(0)} />
          {seesUsage && <UsedThisMonth available={balance.available} />}
        </SimpleGrid>
      </Stack>
    </Card>
  );
}

function Available({ balance }: { balance: CreditBalance }) {
  const texts = useTexts().credits;
  const format = useFormat();
  const available = creditsFromWire(balance.available);
  const held = creditsFromWire(balance.held);
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
            {texts.asOf} <RelativeTime at={balance.as_of} />
          </>
        )}
      </Text>
    </Stack>
  );
}

/** The units of one kind, spendable and held; null when the account has none of it. */
function unitsOf(balance: CreditBalance, kind: LotKind): Credits | null {
  const found = balance.by_kind.find((part) => part.kind === kind);
  const units = found === undefined ? 0 : found.available + found.held;
  return units === 0 ? null : creditsFromWire(units);
}

function Kind({ name, units }: { name: string; units: Credits }) {
  return (
    <Stack gap={2}>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <CreditCount units={units} fz={22} fw={650} />
    </Stack>
  );
}

/** What was used this month beside what is left: where the bar is full, nothing is. */
function UsedThisMonth({ available }: { available: number }) {
  const texts = useTexts().credits;
  const format = useFormat();
  const id = useId();
  const { data } = useQuery(endpointQuery('getUsageAnalytics'));
  if (data === undefined) return null;
  const used = data.cards.used_this_month.credits;
  const all = used + available;
  const words = texts.usedOf(format.credits(creditsFromWire(used)), format.credits(creditsFromWire(all)));
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed" id={id}>
          {texts.usedThisMonth}
        </Text>
        <TextLink to="/account/usage" search={{ period: 'thisMonth' }} size="sm">
          {texts.toUsage}
        </TextLink>
      </Group>
      <Progress.Root size="lg">
        <Progress.Section
          value={all === 0 ? 0 : (used / all) * 100}
          aria-labelledby={id}
          aria-valuetext={`${words} ${texts.creditsUnit}`}
        />
      </Progress.Root>
      <Text size="sm" className="figures">
        {words}
      </Text>
    </Stack>
  );
}

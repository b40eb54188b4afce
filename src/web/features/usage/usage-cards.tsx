import { Card, Group, Popover, SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { IconInfo } from '#web/components/icons.tsx';
import { creditsFromWire, moneyFromWire } from '#web/lib/format.ts';
import { useCreditWords, useFormat, useTexts } from '#web/lib/reader.ts';
import type { UsageAnalytics } from './usage-analytics.ts';

/** The four figures above the charts: used this month, average day, most used operation, and where the month leads. */
export function UsageCards({ usage }: { usage: UsageAnalytics }) {
  const texts = useTexts().usage;
  const format = useFormat();
  const { used_this_month: month, average_daily: average, most_used_operation: most } = usage.cards;
  return (
    <SimpleGrid cols={{ base: 2, lg: 4 }} spacing={{ base: 'sm', xs: 'lg' }}>
      <Figure
        title={texts.usedThisMonth}
        value={format.credits(creditsFromWire(month.credits))}
        unit={texts.credits}
        detail={texts.sinceDay(format.shortDate(month.from))}
      />
      <Figure
        title={texts.averageDaily}
        value={format.milliCredits(average.milli_credits, 1)}
        unit={texts.credits}
        detail={average.days === 1 ? texts.averageOneDay : texts.averageDays(format.count(average.days))}
      />
      <Figure
        title={texts.mostUsed}
        value={most === null ? texts.mostUsedNone : most.operation.name}
        isText
        detail={
          most === null ? texts.mostUsedNoneDetail : texts.mostUsedTimes(format.count(most.events), most.events === 1)
        }
      />
      <Projection projected={usage.cards.projected_month} used={month.credits} />
    </SimpleGrid>
  );
}

function Projection({ projected, used }: { projected: UsageAnalytics['cards']['projected_month']; used: number }) {
  const texts = useTexts().usage;
  const format = useFormat();
  const creditWords = useCreditWords();
  const { amount, pace, days_left: daysLeft } = projected;
  const explanation =
    pace.days === 0
      ? texts.projectedNothing
      : texts.projectedExplained(
          creditWords(creditsFromWire(used)),
          format.milliCredits(pace.milli_credits),
          texts.fullDays(format.count(pace.days), pace.days === 1),
          texts.daysLeft(format.count(daysLeft), daysLeft === 1),
        );
  return (
    <Figure
      title={texts.projected}
      value={format.credits(creditsFromWire(projected.credits))}
      unit={texts.credits}
      why={
        <Why label={texts.projectedWhy}>
          <Text size="sm">{explanation}</Text>
          {amount !== null && <Text size="sm">{texts.projectedPrice}</Text>}
        </Why>
      }
      detail={
        amount === null ? null : texts.projectedAmount(format.money(moneyFromWire(amount.amount, amount.currency)))
      }
    />
  );
}

function Figure({
  title,
  value,
  unit,
  detail,
  why,
  isText = false,
}: {
  title: string;
  value: string;
  unit?: string;
  detail: ReactNode;
  why?: ReactNode;
  isText?: boolean;
}) {
  const id = useId();
  return (
    <Card component="section" aria-labelledby={id} padding="md">
      <Stack gap={4}>
        <Group justify="space-between" wrap="nowrap" gap="xs" mih={24}>
          <Text size="sm" c="dimmed" id={id}>
            {title}
          </Text>
          {why}
        </Group>
        <Group gap={6} align="baseline">
          <Text
            component="p"
            fz={isText ? { base: 16, xs: 20 } : { base: 22, xs: 28 }}
            fw={650}
            lh={isText ? '2.1rem' : 1.2}
            className="figures"
            lineClamp={1}
          >
            {value}
          </Text>
          {unit !== undefined && (
            <Text span size="sm" c="dimmed">
              {unit}
            </Text>
          )}
        </Group>
        <Text size="sm" c="dimmed" mih="1.3rem">
          {detail}
        </Text>
      </Stack>
    </Card>
  );
}

/** The reason of a figure, behind a small button beside its name. */
function Why({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Popover width={300} withArrow shadow="md" position="bottom-end" trapFocus={false} returnFocus>
      <Popover.Target>
        <UnstyledButton aria-label={label} c="dimmed" lh={0} p={3}>
          <IconInfo size={18} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">{children}</Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

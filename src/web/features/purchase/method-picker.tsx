import { Group, Radio, Stack, Text } from '@mantine/core';
import type { PurchaseTexts } from '#shared/texts/purchase.ts';
import type { Money } from '#shared/money/index.ts';
import type { Format } from '#web/lib/format.ts';
import { methodName } from '#web/lib/method-name.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { type MethodChoice, type Obstacle, obstacleOf, type SavedMethod } from './method-choices.ts';
import { MethodIcon } from './method-icon.tsx';
import classes from './method-picker.module.css';

/** The ways to pay, of which one is chosen: what is saved first. One that cannot pay this much says why. */
export function MethodPicker({
  choices,
  marked,
  total,
  onChoose,
  disabled,
}: {
  choices: readonly MethodChoice[];
  marked: MethodChoice | null;
  total: Money;
  onChoose: (key: string) => void;
  disabled: boolean;
}) {
  const texts = useTexts().purchase;
  return (
    <Radio.Group
      value={marked?.key ?? null}
      onChange={onChoose}
      label={texts.stepMethod}
      classNames={{ label: classes['spoken'] ?? '' }}
      name="payment-method"
    >
      <Stack gap="sm">
        {choices.map((choice) => (
          <MethodCard
            key={choice.key}
            choice={choice}
            isMarked={choice.key === marked?.key}
            obstacle={obstacleOf(choice, total)}
            isAnother={
              choice.saved === null && choices.some(({ saved, option }) => saved !== null && option === choice.option)
            }
            disabled={disabled}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function MethodCard({
  choice,
  isMarked,
  obstacle,
  isAnother,
  disabled,
}: {
  choice: MethodChoice;
  isMarked: boolean;
  obstacle: Obstacle | null;
  isAnother: boolean;
  disabled: boolean;
}) {
  const { purchase: texts, invoices } = useTexts();
  const format = useFormat();
  const { option, saved } = choice;
  const another = isAnother && (option.kind === 'card' || option.kind === 'paypal') ? texts.another[option.kind] : null;
  const name = saved === null ? (another ?? option.display_name) : methodName(invoices, saved.details);
  const hint = saved === null ? texts[`${option.kind}Hint`] : savedHint(saved, texts, format);
  return (
    <Radio.Card
      value={choice.key}
      className={classes['option']}
      disabled={disabled || obstacle !== null}
      data-obstructed={obstacle !== null || undefined}
      tabIndex={isMarked ? 0 : -1}
    >
      <Group wrap="nowrap" gap="md">
        <Radio.Indicator disabled={obstacle !== null} className={classes['indicator'] ?? ''} />
        <MethodIcon kind={option.kind} />
        <Stack gap={0} miw={0}>
          <Text span fw={500} className={classes['name']}>
            <bdi>{name}</bdi>
          </Text>
          <Text span size="sm" c="dimmed">
            {obstacle === null ? hint : obstacleWords(obstacle, texts, format)}
          </Text>
        </Stack>
      </Group>
    </Radio.Card>
  );
}

function savedHint(saved: SavedMethod, texts: PurchaseTexts, format: Format): string {
  const { details } = saved;
  const about =
    details.type === 'paypal'
      ? texts.savedPaypal
      : (saved.expires_soon ? texts.savedExpiresSoon : texts.savedUntil)(monthText(details, format.locale));
  return saved.is_default ? `${texts.savedDefault} · ${about}` : about;
}

function monthText(
  { exp_year: year, exp_month: month }: { exp_year: number; exp_month: number },
  locale: string,
): string {
  const format = new Intl.DateTimeFormat(locale, { year: 'numeric', month: '2-digit', timeZone: 'UTC' });
  return format.format(new Date(Date.UTC(year, month - 1, 1)));
}

function obstacleWords(obstacle: Obstacle, texts: PurchaseTexts, format: Format): string {
  switch (obstacle.kind) {
    case 'expired':
      return texts.obstacles.expired;
    case 'currency':
      return texts.obstacles.currency(
        new Intl.ListFormat(format.locale, { type: 'disjunction' }).format(obstacle.currencies),
      );
    case 'below':
    case 'above':
      return texts.obstacles[obstacle.kind](format.money(obstacle.limit));
    default:
      return neverObstacle(obstacle);
  }
}

function neverObstacle(obstacle: never): never {
  throw new Error(`Unknown obstacle ${JSON.stringify(obstacle)}.`);
}

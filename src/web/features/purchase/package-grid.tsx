import { Badge, Group, Radio, Stack, Text } from '@mantine/core';
import { Amount } from '#web/components/amount.tsx';
import { IconCheck } from '#web/components/icons.tsx';
import { creditsFromWire, moneyFromWire } from '#web/lib/format.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import type { CreditPackage } from './credit-package.ts';
import classes from './package-grid.module.css';
import { pricePerThousand } from './price-per-thousand.ts';

/** The packages side by side, of which one is chosen: a radio group whose radios are the cards. */
export function PackageGrid({
  packages,
  chosen,
  onChoose,
  disabled,
}: {
  packages: readonly CreditPackage[];
  chosen: CreditPackage;
  onChoose: (slug: string) => void;
  disabled: boolean;
}) {
  const texts = useTexts().purchase;
  return (
    <Radio.Group
      value={chosen.slug}
      onChange={onChoose}
      label={texts.stepPackage}
      classNames={{ label: classes['spoken'] ?? '' }}
      name="package"
    >
      <div className={classes['grid']}>
        {packages.map((offer) => (
          <PackageCard key={offer.id} offer={offer} chosen={offer.id === chosen.id} disabled={disabled} />
        ))}
      </div>
    </Radio.Group>
  );
}

function PackageCard({ offer, chosen, disabled }: { offer: CreditPackage; chosen: boolean; disabled: boolean }) {
  const texts = useTexts().purchase;
  const format = useFormat();
  const price = moneyFromWire(offer.price, offer.currency);
  return (
    <Radio.Card
      value={offer.slug}
      className={classes['card']}
      disabled={disabled}
      tabIndex={chosen ? 0 : -1}
      radius="lg"
    >
      <div className={classes['offer']}>
        <Group justify="space-between" gap="xs" mih={24} wrap="nowrap" className={classes['head'] ?? ''}>
          <Text span fw={600} fz="md" className={classes['name']}>
            {offer.name}
          </Text>
          {offer.is_featured && <Badge color="brass">{texts.featured}</Badge>}
        </Group>
        <Stack gap={2}>
          <Text span className={classes['credits']}>
            {texts.credits(format.credits(creditsFromWire(offer.credits)))}
          </Text>
          <Text span size="sm" c="dimmed" lineClamp={3}>
            {offer.description}
          </Text>
        </Stack>
        <Stack gap={4} className={classes['cost'] ?? ''}>
          <Group gap="xs" align="baseline">
            <Amount value={price} className={classes['price'] ?? ''} />
            {offer.reference_price !== null && (
              <ReferencePrice amount={format.money(moneyFromWire(offer.reference_price, offer.currency))} />
            )}
          </Group>
          <Group gap="xs">
            <PerThousand offer={offer} />
            {offer.discount_percentage > 0 && (
              <Badge color="green">{texts.save(percentText(offer.discount_percentage, format.locale))}</Badge>
            )}
          </Group>
        </Stack>
        <span className={classes['select']} data-chosen={chosen || undefined}>
          {chosen && <IconCheck size={16} />}
          {chosen ? texts.selected : texts.select}
        </span>
      </div>
    </Radio.Card>
  );
}

function ReferencePrice({ amount }: { amount: string }) {
  const texts = useTexts().purchase;
  return (
    <Text span size="sm" c="dimmed" className="figures">
      <span className={classes['spoken']}>{texts.insteadOf(amount)}</span>
      <s aria-hidden="true">
        <bdi>{amount}</bdi>
      </s>
    </Text>
  );
}

function PerThousand({ offer }: { offer: CreditPackage }) {
  const texts = useTexts().purchase;
  const format = useFormat();
  const rate = pricePerThousand(moneyFromWire(offer.price, offer.currency), creditsFromWire(offer.credits));
  if (rate === null) return null;
  const amount = format.money(rate.price);
  return (
    <Text span size="xs" c="dimmed" className="figures">
      {rate.exact ? texts.perThousand(amount) : texts.perThousandAbout(amount)}
    </Text>
  );
}

function percentText(percent: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: 'percent' }).format(percent);
}

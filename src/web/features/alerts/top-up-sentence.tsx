import { Text } from '@mantine/core';
import { type Currency, money } from '#shared/money/index.ts';
import type { ApiResult } from '#web/lib/api.ts';
import { methodName } from '#web/lib/method-name.ts';
import { creditsFromWire, moneyFromWire } from '#web/lib/format.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import type { AutoTopUp } from './alerts-sections.tsx';

/** Exactly what will be charged, when, and at most, before anybody agrees to it. */
export function TopUpSentence({
  topUp,
  chosen,
  threshold,
  capMinor,
  currency,
  available,
}: {
  topUp: AutoTopUp;
  chosen: ApiResult<'listCreditPackages'>['data'][number] | null;
  threshold: number | null;
  capMinor: bigint | null;
  currency: Currency;
  available: number | null;
}) {
  const { alerts: texts, invoices } = useTexts();
  const format = useFormat();
  const { saved_method: method } = topUp;
  if (chosen === null || threshold === null || capMinor === null || method === null) {
    return method === null ? null : <Text size="sm">{texts.topUpIncomplete}</Text>;
  }
  const price = format.money(moneyFromWire(chosen.price, chosen.currency));
  const startsNow = !topUp.enabled && available !== null && available < threshold;
  const have = format.credits(creditsFromWire(available ?? 0));
  const now =
    (available ?? 0) + chosen.credits >= threshold
      ? texts.topUpNow(have, price)
      : texts.topUpNowRepeated(have, price, format.credits(creditsFromWire(threshold)));
  return (
    <Text size="sm" maw="70ch" role="status">
      {texts.topUpSentence(
        format.credits(creditsFromWire(threshold)),
        methodName(invoices, method.details),
        price,
        format.credits(creditsFromWire(chosen.credits)),
        format.money(money(capMinor, currency)),
      )}{' '}
      {startsNow && <strong>{now}</strong>}
    </Text>
  );
}

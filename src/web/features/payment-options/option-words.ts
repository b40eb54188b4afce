import { moneyFromWire } from '#web/lib/format.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import type { OptionSettings } from './options.ts';

/** What options, countries and limits are called. */
export function useOptionWords() {
  const texts = useTexts().paymentOptions;
  const format = useFormat();
  const limit = ({ currency, min, max }: OptionSettings['limits'][number]) => {
    const amount = (minor: number) => format.money(moneyFromWire(minor, currency));
    if (min !== null && max !== null) return texts.limitBetween(amount(min), amount(max));
    if (min !== null) return texts.limitFrom(amount(min));
    return max === null ? texts.limitAny(currency) : texts.limitTo(amount(max));
  };
  return {
    country: (code: string | null) => (code === null ? texts.defaultSet : format.country(code)),
    gateway: (name: string) => texts.gateways[name] ?? name,
    limits: ({ limits }: Pick<OptionSettings, 'limits'>) =>
      limits.length === 0 ? texts.everyAmount : limits.map(limit).join(' · '),
  };
}

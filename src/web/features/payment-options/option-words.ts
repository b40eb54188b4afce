import { moneyFromWire } from '#web/lib/format.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import type { OptionSettings } from './options.ts';

/** What options, countries and limits are called. */
export function useOptionWords() {
  const texts = useTexts().paymentOptions;
  const format = useFormat();
  const limit = ({ currency, min, max }: OptionSettings['limits'][number]) => {
    const words = (onWire: number) => format.money(moneyFromWire(onWire, currency));
    if (min !== null && max !== null) return texts.limitBetween(words(min), words(max));
    if (min !== null) return texts.limitFrom(words(min));
    return max === null ? texts.limitAny(currency) : texts.limitTo(words(max));
  };
  return {
    country: (code: string | null) => (code === null ? texts.defaultSet : format.country(code)),
    gateway: (name: string) => texts.gateways[name] ?? name,
    limits: ({ limits }: Pick<OptionSettings, 'limits'>) =>
      limits.length === 0 ? texts.everyAmount : limits.map(limit).join(' · '),
  };
}

import { useMemo } from 'react';
import type { Credits } from '#shared/money/index.ts';
import { type Texts, textsFor } from '#shared/texts/index.ts';
import { isTimeZone } from '#shared/time/index.ts';
import { type Format, formatFor } from '#web/lib/format.ts';
import { useKnownSession } from '#web/lib/session.ts';

/** The texts in the reader's language: the account's locale, else the browser's. */
export function useTexts(): Texts {
  return textsFor(useKnownSession()?.account?.locale ?? navigator.language);
}

/** The formats of the account, or of the browser where there is no account. */
export function useFormat(): Format {
  const { locale } = useTexts();
  const timeZone = useKnownSession()?.account?.time_zone ?? browserTimeZone();
  return useMemo(() => formatFor(locale, timeZone), [locale, timeZone]);
}

/** Credits with the word: `1 credit`, `1,250 credits`. */
export function useCreditWords(): (units: Credits) => string {
  const texts = useTexts().credits;
  const format = useFormat();
  return (units) => texts.someCredits(format.credits(units), units === 1n);
}

/** Thousandths of a credit with the word: `0.25 credits`. */
export function useMilliCreditWords(): (thousandths: number) => string {
  const texts = useTexts().credits;
  const format = useFormat();
  return (thousandths) => texts.someCredits(format.milliCredits(thousandths), thousandths === 1_000);
}

/** The time zone of the browser (IANA name); UTC where it knows no more than an offset. */
export function browserTimeZone(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return isTimeZone(timeZone) ? timeZone : 'UTC';
}

/** The country the browser's language suggests (ISO 3166-1), or null where it suggests none. */
export function browserCountry(): string | null {
  const { region } = new Intl.Locale(navigator.language).maximize();
  return region !== undefined && /^[A-Z]{2}$/.test(region) ? region : null;
}

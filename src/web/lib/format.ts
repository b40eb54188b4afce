import { type Credits, credits, isCurrency, type Money, money } from '#shared/money/index.ts';
import { formatCredits, formatMoney } from '#shared/money/index.ts';
import { rateText } from '#shared/texts/index.ts';
import { type CalendarDate, formatCalendarDate, formatInstant } from '#shared/time/index.ts';

/** How figures and dates are written for one reader. */
export type Format = {
  readonly locale: string;
  readonly timeZone: string;
  /** An amount with its currency and the digits of ISO 4217. */
  money(value: Money): string;
  /** Credits with thousands separators, without the word. */
  credits(units: Credits): string;
  /** Thousandths of a credit as credits, with at most `digits` decimals. */
  milliCredits(thousandths: number, digits?: number): string;
  /** Hundredths of a per cent as a percentage. */
  percent(basisPoints: number): string;
  /** Hundredths of a per cent as a percentage with both decimals, so that shares line up and add up. */
  share(basisPoints: number): string;
  /** How many of something there are on the page. */
  count(howMany: number): string;
  /** A calendar date in words. */
  date(date: CalendarDate): string;
  /** A calendar date in few words, without its year: for a scale or a table of days. */
  shortDate(date: CalendarDate): string;
  /** An instant in the reader's time zone. */
  instant(at: Date): string;
  /** How long before or after `now` an instant is, in words. */
  relative(at: Date, now: Date): string;
  /** A country by its ISO 3166-1 code. */
  country(code: string): string;
};

/** The formats of a locale (BCP 47) and a time zone (IANA name). */
export function formatFor(locale: string, timeZone: string): Format {
  return {
    locale,
    timeZone,
    money: (value) => formatMoney(value, locale),
    credits: (units) => formatCredits(units, locale),
    milliCredits: (thousandths, digits = 3) => milliCreditsText(thousandths, digits, locale),
    percent: (basisPoints) => rateText(basisPoints, locale),
    share: (basisPoints) => shareText(basisPoints, locale),
    count: (howMany) => new Intl.NumberFormat(locale).format(howMany),
    date: (date) => formatCalendarDate(date, locale),
    shortDate: (date) => shortDateOf(date, locale),
    instant: (at) => formatInstant(at, locale, timeZone),
    relative: (at, now) => relativeWords(at, now, locale),
    country: (code) => new Intl.DisplayNames([locale], { type: 'region', fallback: 'code' }).of(code) ?? code,
  };
}

/** An amount as it travels, integer minor units, as money. @throws RangeError for a currency Purser does not know. */
export function moneyFromWire(amountMinor: number, currency: string): Money {
  if (!isCurrency(currency)) throw new RangeError(`Unknown currency: ${currency}`);
  return money(BigInt(amountMinor), currency);
}

/** Money as a gateway's script takes it: integer minor units. */
export function moneyToWire(value: Money): number {
  return Number(value.amountMinor);
}

/** Credits as they travel, a whole number, as credits. */
export function creditsFromWire(units: number): Credits {
  return credits(BigInt(units));
}

function milliCreditsText(thousandths: number, digits: number, locale: string): string {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: digits });
  return format.format(thousandths / 1_000).replaceAll('-', '\u2212');
}

function shareText(basisPoints: number, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 2 });
  return format.format(basisPoints / 10_000);
}

function shortDateOf(date: CalendarDate, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  return format.format(new Date(`${date}T00:00:00Z`));
}

const unitsOfTime = [
  { unit: 'year', seconds: 31_557_600 },
  { unit: 'month', seconds: 2_629_800 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;

function relativeWords(at: Date, now: Date, locale: string): string {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const seconds = Math.round((at.getTime() - now.getTime()) / 1_000);
  const fitting = unitsOfTime.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  return fitting === undefined
    ? words.format(0, 'second')
    : words.format(Math.trunc(seconds / fitting.seconds), fitting.unit);
}

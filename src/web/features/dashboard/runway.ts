const yearDays = 365;

/**
 * For how many full days credits last at a pace in thousandths of a credit a day. Null without a pace; beyond a year the
 * number says nothing.
 */
export function runwayOf(available: number, milliCreditsPerDay: number): number | 'over_a_year' | null {
  if (milliCreditsPerDay === 0) return null;
  const days = Math.floor((available * 1_000) / milliCreditsPerDay);
  return days > yearDays ? 'over_a_year' : days;
}

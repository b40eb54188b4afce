/** An instant in milliseconds as PayPal writes most of them: in UTC, without fractions. */
export function timeOf(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

/** An instant as PayPal writes it in refunds: by its own clock on the west coast, without regard to summer. */
export function westCoastTimeOf(instant: number): string {
  return `${new Date(instant - 7 * 3_600_000).toISOString().slice(0, 19)}-07:00`;
}

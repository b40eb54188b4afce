import { useNow } from '#web/lib/now.ts';
import { useFormat } from '#web/lib/reader.ts';

/** An instant (RFC 3339) in words from now, with the date and time in the account's zone as its title. */
export function RelativeTime({ at }: { at: string }) {
  const format = useFormat();
  const now = useNow();
  const instant = new Date(at);
  return (
    <time dateTime={at} title={format.instant(instant)} className="unbroken">
      {format.relative(instant, now)}
    </time>
  );
}

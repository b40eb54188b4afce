import type { CalendarDate } from '#shared/time/index.ts';
import { useFormat } from '#web/lib/reader.ts';

/** A calendar date in the reader's words. */
export function DateText({ date }: { date: CalendarDate }) {
  return (
    <time dateTime={date} className="unbroken">
      {useFormat().date(date)}
    </time>
  );
}

import { DatePickerInput, type DatePickerPreset } from '@mantine/dates';
import '@mantine/dates/styles.layer.css';
import { useState } from 'react';
import type { CalendarDate } from '#shared/time/index.ts';
import { useTexts } from '#web/lib/reader.ts';

/** Two calendar dates, both belonging to the span, or none. */
export type DateRange = readonly [from: CalendarDate, to: CalendarDate] | null;

/** A span that is offered by name beside the calendar. */
export type NamedRange = { readonly label: string; readonly from: CalendarDate; readonly to: CalendarDate };

/** Picks a span of days. `onChange` hears whole spans only, and null when `clearable` and taken away. */
export function DateRangeInput({
  label,
  placeholder,
  value,
  onChange,
  clearable = false,
  presets = [],
  earliest,
  latestFrom,
}: {
  label: string;
  placeholder?: string;
  value: DateRange;
  onChange: (range: DateRange) => void;
  clearable?: boolean;
  presets?: readonly NamedRange[];
  earliest?: CalendarDate;
  /** The last day that can follow a first one. */
  latestFrom?: (from: CalendarDate) => CalendarDate;
}) {
  const texts = useTexts().common;
  const [picked, setPicked] = useState<[string | null, string | null]>(pairOf(value));
  const [known, setKnown] = useState(String(value));
  // The address can change by itself, by the back button for instance; what is picked follows it.
  if (known !== String(value)) {
    setKnown(String(value));
    setPicked(pairOf(value));
  }
  const [first, last] = picked;
  return (
    <DatePickerInput
      type="range"
      label={label}
      {...(placeholder === undefined ? {} : { placeholder })}
      valueFormat="D MMM YYYY"
      allowSingleDateInRange
      hideOutsideDates
      ariaLabels={{ previousMonth: texts.previousMonth, nextMonth: texts.nextMonth }}
      clearable={clearable}
      weekendDays={[]}
      {...(presets.length === 0 ? {} : { presets: presets.map(presetOf) })}
      {...(earliest === undefined ? {} : { minDate: earliest })}
      {...(latestFrom !== undefined && first !== null && last === null ? { maxDate: latestFrom(first) } : {})}
      value={picked}
      onChange={([from, to]) => {
        setPicked([from, to]);
        // A first click leaves half a span, which is nothing yet.
        if (from !== null && to !== null) onChange([from, to]);
        else if (from === null && to === null) onChange(null);
      }}
      w={{ base: '100%', xs: 250 }}
    />
  );
}

function pairOf(range: DateRange): [string | null, string | null] {
  return range === null ? [null, null] : [range[0], range[1]];
}

function presetOf({ label, from, to }: NamedRange): DatePickerPreset<'range'> {
  return { value: [from, to], label };
}

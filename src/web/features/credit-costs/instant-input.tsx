import { DateTimePicker } from '@mantine/dates';
import '@mantine/dates/styles.layer.css';
import type { ReactNode } from 'react';
import { browserTimeZone, useTexts } from '#web/lib/reader.ts';

/** A day and time in the time zone of the browser, as staff of any account or none read the clock on their wall. */
export function InstantInput({
  label,
  description,
  value,
  onChange,
  error,
}: {
  label: string;
  description?: string;
  value: string | null;
  onChange: (value: string | null) => void;
  error?: ReactNode;
}) {
  const texts = useTexts().creditCosts;
  const zone = texts.whenZone(browserTimeZone());
  return (
    <DateTimePicker
      label={label}
      description={description === undefined ? zone : `${description}. ${zone}`}
      valueFormat="D MMM YYYY, HH:mm"
      clearable
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}

/** The instant of a picked day and time, RFC 3339 in UTC. */
export function instantPicked(picked: string): string {
  return new Date(picked.replace(' ', 'T')).toISOString();
}

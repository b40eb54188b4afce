import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { browserTimeZone, useTexts } from '#web/lib/reader.ts';

/**
 * A day and time in the time zone of the browser, as staff of any account or none read the clock on their wall. The
 * browser's own field, which the keyboard and every phone know.
 */
export function InstantInput({
  label,
  description,
  value,
  onChange,
  error,
}: {
  label: string;
  description?: string;
  value: string;
  onChange: (value: string) => void;
  error?: ReactNode;
}) {
  const texts = useTexts().creditCosts;
  const zone = texts.whenZone(browserTimeZone());
  return (
    <TextInput
      type="datetime-local"
      label={label}
      description={description === undefined ? zone : `${description}. ${zone}`}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      error={error}
      w={{ base: '100%', xs: 260 }}
    />
  );
}

/** The instant of a picked day and time, RFC 3339 in UTC. */
export function instantPicked(picked: string): string {
  return new Date(picked).toISOString();
}

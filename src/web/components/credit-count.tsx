import { Text, type TextProps } from '@mantine/core';
import type { Credits } from '#shared/money/index.ts';
import { useFormat } from '#web/lib/reader.ts';

/** A number of credits with thousands separators; the word stands once per view, beside or above it. */
export function CreditCount({ units, ...props }: { units: Credits } & Omit<TextProps, 'span'>) {
  const format = useFormat();
  return (
    <Text span inherit className="figures" {...props}>
      <bdi>{format.credits(units)}</bdi>
    </Text>
  );
}

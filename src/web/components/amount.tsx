import { Text, type TextProps } from '@mantine/core';
import type { Money } from '#shared/money/index.ts';
import { useFormat } from '#web/lib/reader.ts';

/** An amount with its currency, in figures that line up, never broken and never mirrored. */
export function Amount({ value, ...props }: { value: Money } & Omit<TextProps, 'span'>) {
  const format = useFormat();
  return (
    <Text span inherit className="figures" {...props}>
      <bdi>{format.money(value)}</bdi>
    </Text>
  );
}

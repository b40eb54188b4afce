import { Group, Radio, Stack, Text } from '@mantine/core';
import { IconBilling } from '#web/components/icons.tsx';
import type { ApiResult } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import classes from './method-picker.module.css';

/** A way to pay that the account is offered. */
export type PaymentOption = ApiResult<'listPaymentMethods'>['data'][number];

/** The ways to pay, of which one is chosen. */
export function MethodPicker({
  options,
  chosen,
  onChoose,
  disabled,
}: {
  options: readonly PaymentOption[];
  chosen: PaymentOption;
  onChoose: (optionId: string) => void;
  disabled: boolean;
}) {
  const texts = useTexts().purchase;
  return (
    <Radio.Group value={chosen.id} onChange={onChoose} aria-label={texts.stepMethod} name="payment-method">
      <Stack gap="sm">
        {options.map((option) => (
          <Radio.Card
            key={option.id}
            value={option.id}
            className={classes['option']}
            disabled={disabled}
            tabIndex={option.id === chosen.id ? 0 : -1}
          >
            <Group wrap="nowrap" gap="md">
              <Radio.Indicator />
              <IconBilling size={22} />
              <Stack gap={0}>
                <Text span fw={500}>
                  {option.display_name}
                </Text>
                <Text span size="sm" c="dimmed">
                  {option.instructions ?? texts.cardHint}
                </Text>
              </Stack>
            </Group>
          </Radio.Card>
        ))}
      </Stack>
    </Radio.Group>
  );
}

/** Whether this page can take payments by an option: those whose gateway has its card form here. */
export function isPayableHere(option: PaymentOption): boolean {
  return option.method === 'card' && option.gateway === 'stripe' && option.publishable_key !== null;
}

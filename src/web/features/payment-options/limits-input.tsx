import { ActionIcon, Button, Fieldset, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { currencies } from '#shared/money/index.ts';
import { IconPlus, IconTrash } from '#web/components/icons.tsx';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import classes from './payment-options.module.css';
import type { OptionForm } from './use-option-form.ts';

const limitsMax = 20;

/** The currencies and amounts a method is offered for. */
export function LimitsInput({ form }: { form: OptionForm }) {
  const texts = useTexts().paymentOptions;
  const { limits } = form.values;
  return (
    <Fieldset
      legend={texts.limits}
      variant="unstyled"
      classNames={{ root: classes['fieldset'] ?? '', legend: classes['legend'] ?? '' }}
    >
      <Stack gap="xs" mt={4}>
        <Text size="xs" c="dimmed">
          {texts.limitsHint}
        </Text>
        {limits.map((_, index) => (
          <LimitLine key={index} form={form} index={index} />
        ))}
        {limits.length < limitsMax && (
          <Group>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() => form.insertListItem('limits', { currency: '', min: '', max: '' })}
            >
              {texts.addLimit}
            </Button>
          </Group>
        )}
      </Stack>
    </Fieldset>
  );
}

function LimitLine({ form, index }: { form: OptionForm; index: number }) {
  const texts = useTexts().paymentOptions;
  const format = useFormat();
  const at = `limits.${String(index)}`;
  const { currency = '' } = form.values.limits[index] ?? {};
  const name = currency === '' ? format.count(index + 1) : currency;
  return (
    <div className={classes['limit']}>
      <Select
        aria-label={texts.limitCurrencyOf(format.count(index + 1))}
        placeholder={texts.limitCurrency}
        data={currencies}
        searchable
        allowDeselect={false}
        limit={60}
        {...form.getInputProps(`${at}.currency`)}
      />
      <TextInput
        aria-label={texts.limitMinOf(name)}
        placeholder={texts.limitMin}
        inputMode="decimal"
        autoComplete="off"
        maxLength={20}
        {...form.getInputProps(`${at}.min`)}
      />
      <TextInput
        aria-label={texts.limitMaxOf(name)}
        placeholder={texts.limitMax}
        inputMode="decimal"
        autoComplete="off"
        maxLength={20}
        {...form.getInputProps(`${at}.max`)}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={texts.removeLimit(name)}
        onClick={() => form.removeListItem('limits', index)}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </div>
  );
}

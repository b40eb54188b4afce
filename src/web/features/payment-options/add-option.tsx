import { Button, Group, Select, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ErrorState } from '#web/components/error-state.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { countryOptions } from '#web/lib/countries.ts';
import { useTexts } from '#web/lib/reader.ts';
import { OptionFields } from './option-fields.tsx';
import { blankValues, bodyOf } from './option-values.ts';
import { useOptionWords } from './option-words.ts';
import { type OptionPreset, type OptionSettings, refreshOptions } from './options.ts';
import { startGroups, startValues } from './start-choices.ts';
import { useOptionForm, useOptionSubmit } from './use-option-form.ts';

/** Chooses a country and a method; what is chosen fills in everything below it. */
export function AddOption({
  country,
  options,
  presets,
  onDone,
}: {
  /** Undefined leaves it open. */
  country: string | null | undefined;
  options: readonly OptionSettings[];
  presets: readonly OptionPreset[];
  onDone: () => void;
}) {
  const { paymentOptions: texts, common, locale } = useTexts();
  const words = useOptionWords();
  const queryClient = useQueryClient();
  const [start, setStart] = useState<string | null>(null);
  const form = useOptionForm({
    ...blankValues('transfer', { method: 'bank_transfer', display_name: '' }),
    country: country === undefined ? '' : (country ?? 'default'),
  });
  const countries = useMemo(
    () => [{ value: 'default', label: texts.defaultSet }, ...countryOptions(locale)],
    [texts.defaultSet, locale],
  );
  const add = useOptionSubmit(form, {
    send: (values) => api('createPaymentOption', { body: bodyOf(values) }),
    onSuccess: async (added) => {
      showToast({ tone: 'good', message: texts.added(added.display_name, words.country(added.country)) });
      onDone();
      await refreshOptions(queryClient);
    },
  });
  const chosen = form.values.country;
  const choose = (value: string | null) => {
    const values = value === null ? null : startValues(value, { presets, options, country: chosen });
    if (values === null) return;
    setStart(value);
    form.setValues(values);
    form.clearErrors();
  };
  return (
    <form onSubmit={add.submit} noValidate>
      <Stack gap="lg">
        <Group align="flex-start" grow preventGrowOverflow={false}>
          <Select
            label={texts.country}
            data={countries}
            searchable
            allowDeselect={false}
            nothingFoundMessage={texts.countryNothing}
            limit={80}
            miw={220}
            data-autofocus={country === undefined ? true : undefined}
            {...form.getInputProps('country')}
          />
          <Select
            label={texts.start}
            description={texts.startHint}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            placeholder={texts.startPlaceholder}
            data={startGroups({ texts, presets, options, country: chosen, nameOf: words.country })}
            searchable
            allowDeselect={false}
            value={start}
            onChange={choose}
            maxDropdownHeight={340}
            miw={220}
            data-autofocus={country === undefined ? undefined : true}
          />
        </Group>
        {start !== null && <OptionFields form={form} isNew />}
        {add.error !== null && <ErrorState error={add.error} compact />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone} disabled={add.isPending}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={add.isPending} disabled={start === null}>
            {texts.add}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

import { Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useMemo } from 'react';
import { countryOptions } from '#web/lib/countries.ts';
import { useTexts } from '#web/lib/reader.ts';

/** The name and the country of a new account, in a form that calls them so. */
export function AccountFields<Values extends Record<string, unknown>>({
  form,
  nameField,
}: {
  form: UseFormReturnType<Values>;
  nameField: keyof Values & string;
}) {
  const { auth: texts, locale } = useTexts();
  const countries = useMemo(() => countryOptions(locale), [locale]);
  return (
    <>
      <TextInput
        label={texts.accountName}
        description={texts.accountNameHint}
        autoComplete="organization"
        maxLength={120}
        key={form.key(nameField)}
        {...form.getInputProps(nameField)}
      />
      <Select
        label={texts.country}
        description={texts.countryHint}
        data={countries}
        searchable
        allowDeselect={false}
        nothingFoundMessage={texts.countryNothing}
        autoComplete="country"
        limit={60}
        key={form.key('country')}
        {...form.getInputProps('country')}
      />
    </>
  );
}

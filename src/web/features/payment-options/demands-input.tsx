import { Fieldset, Group, NativeSelect, NumberInput, SimpleGrid, TextInput } from '@mantine/core';
import { useTexts } from '#web/lib/reader.ts';
import classes from './payment-options.module.css';
import type { OptionForm } from './use-option-form.ts';

const asked = ['payer_name', 'payer_account', 'transaction_id', 'proof'] as const;
const levels = ['required', 'optional', 'hidden'] as const;

/** What a payer has to tell when they say that the money is sent, and how long they have for it. */
export function DemandsInput({ form }: { form: OptionForm }) {
  const texts = useTexts().paymentOptions;
  return (
    <>
      <Fieldset
        legend={texts.demandsLegend}
        variant="unstyled"
        classNames={{ root: classes['fieldset'] ?? '', legend: classes['legend'] ?? '' }}
      >
        <SimpleGrid cols={{ base: 1, xs: 2 }} mt={4}>
          {asked.map((demand) => (
            <NativeSelect
              key={demand}
              label={texts.demands[demand]}
              data={levels.map((value) => ({ value, label: texts.demandLevels[value] }))}
              {...form.getInputProps(`demands.${demand}`)}
            />
          ))}
        </SimpleGrid>
      </Fieldset>
      <Group align="flex-start" grow preventGrowOverflow={false}>
        {form.values.demands.transaction_id !== 'hidden' && (
          <>
            <TextInput
              label={texts.pattern}
              description={texts.patternHint}
              maxLength={100}
              autoComplete="off"
              spellCheck={false}
              miw={220}
              {...form.getInputProps('transaction_id_pattern')}
            />
            <TextInput
              label={texts.hint}
              description={texts.hintHint}
              maxLength={120}
              autoComplete="off"
              miw={220}
              {...form.getInputProps('transaction_id_hint')}
            />
          </>
        )}
        <NumberInput
          label={texts.expires}
          description={texts.expiresHint}
          min={1}
          max={60}
          allowDecimal={false}
          allowNegative={false}
          miw={160}
          {...form.getInputProps('expires_after_days')}
        />
      </Group>
    </>
  );
}

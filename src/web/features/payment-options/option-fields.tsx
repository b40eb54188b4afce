import { Group, NumberInput, Stack, Switch, TextInput, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTexts } from '#web/lib/reader.ts';
import { BankFields } from './bank-fields.tsx';
import { DemandsInput } from './demands-input.tsx';
import { InstructionsInput } from './instructions-input.tsx';
import { LimitsInput } from './limits-input.tsx';
import { isByHand } from './option-values.ts';
import { PaymentCodeInput } from './payment-code-input.tsx';
import type { OptionForm } from './use-option-form.ts';

/** Everything about a way to pay, in the order a customer meets it. */
export function OptionFields({ form, isNew }: { form: OptionForm; isNew: boolean }) {
  const texts = useTexts().paymentOptions;
  const byHand = isByHand(form.values);
  return (
    <Stack gap="xl">
      <Part title={texts.sectionShown}>
        <Group align="flex-start" grow preventGrowOverflow={false}>
          <TextInput
            label={texts.displayName}
            description={texts.displayNameHint}
            maxLength={60}
            autoComplete="off"
            miw={220}
            {...form.getInputProps('display_name')}
          />
          {isNew && byHand && (
            <TextInput
              label={texts.method}
              description={texts.methodHint}
              maxLength={40}
              autoComplete="off"
              spellCheck={false}
              miw={220}
              {...form.getInputProps('method')}
            />
          )}
        </Group>
        <InstructionsInput form={form} />
      </Part>
      {byHand && (
        <>
          <Part title={texts.sectionWhere}>
            <BankFields form={form} />
            <PaymentCodeInput form={form} />
          </Part>
          <Part title={texts.sectionAsked}>
            <DemandsInput form={form} />
          </Part>
        </>
      )}
      <Part title={texts.sectionLimits}>
        <LimitsInput form={form} />
        <Group align="flex-start" gap="xl">
          <NumberInput
            label={texts.order}
            description={texts.orderHint}
            min={0}
            max={10_000}
            allowDecimal={false}
            allowNegative={false}
            w={220}
            {...form.getInputProps('sort_order')}
          />
          <Switch
            label={texts.enabled}
            mt={{ base: 0, xs: 36 }}
            {...form.getInputProps('is_enabled', { type: 'checkbox' })}
          />
        </Group>
      </Part>
    </Stack>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Title order={3} id={id} mb="sm">
        {title}
      </Title>
      <Stack gap="md">{children}</Stack>
    </section>
  );
}

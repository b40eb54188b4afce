import { Group, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { type CostRounding, costRoundings } from '#shared/contract/metering.ts';
import type { Texts } from '#shared/texts/index.ts';
import { useTexts } from '#web/lib/reader.ts';
import { type CostRuleOnWire, milliCreditsOf } from './costs.ts';

/** What a field for whole numbers holds: the number, or the text that is none yet. */
export type TypedNumber = number | string;

/** The rule of a cost as it is typed. */
export type CostValues = {
  milli_credits_per_unit: string;
  minimum_credits: TypedNumber;
  rounding: CostRounding;
};

/** The fields of a cost's rule, in a form that calls them so. */
export function CostFields<Values extends CostValues>({
  form,
  unit,
}: {
  form: UseFormReturnType<Values>;
  unit: string;
}) {
  const texts = useTexts().creditCosts;
  return (
    <>
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <TextInput
          label={unit === '' ? texts.creditsPerUnitPlain : texts.creditsPerUnit(unit)}
          description={texts.creditsPerUnitHint}
          inputMode="decimal"
          autoComplete="off"
          maxLength={12}
          miw={150}
          key={form.key('milli_credits_per_unit')}
          {...form.getInputProps('milli_credits_per_unit')}
        />
        <NumberInput
          label={texts.minimum}
          description={texts.minimumHint}
          min={0}
          max={1_000_000_000}
          allowDecimal={false}
          allowNegative={false}
          miw={150}
          key={form.key('minimum_credits')}
          {...form.getInputProps('minimum_credits')}
        />
      </Group>
      <NativeSelect
        label={texts.rounding}
        description={texts.roundingHint}
        data={costRoundings.map((rounding) => ({ value: rounding, label: texts.roundings[rounding] }))}
        key={form.key('rounding')}
        {...form.getInputProps('rounding')}
      />
    </>
  );
}

/** What is wrong with the fields of a rule, by field. */
export function costValidation(texts: Texts['creditCosts']) {
  return {
    milli_credits_per_unit: (typed: string) => (milliCreditsOf(typed) === null ? texts.creditsPerUnitNeeded : null),
    minimum_credits: (typed: TypedNumber) => (wholeNumberOf(typed) === null ? texts.minimumNeeded : null),
  };
}

/** The rule that was typed; null while it is none. */
export function typedRule(values: CostValues): CostRuleOnWire | null {
  const milliCredits = milliCreditsOf(values.milli_credits_per_unit);
  const minimum = wholeNumberOf(values.minimum_credits);
  if (milliCredits === null || minimum === null) return null;
  return {
    milli_credits_per_unit: milliCredits,
    minimum_credits: minimum,
    rounding: values.rounding,
  };
}

function wholeNumberOf(typed: TypedNumber): number | null {
  const value = typed === '' ? Number.NaN : Number(typed);
  return Number.isInteger(value) && value >= 0 ? value : null;
}

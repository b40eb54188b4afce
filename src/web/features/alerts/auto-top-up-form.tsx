import { Button, Group, NativeSelect, NumberInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Currency, currencyExponent, decimalText, isCurrency, money } from '#shared/money/index.ts';
import { ErrorState } from '#web/components/error-state.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { type ApiResult, api } from '#web/lib/api.ts';
import { creditsFromWire, moneyFromWire } from '#web/lib/format.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { useFormMutation } from '#web/lib/use-form-mutation.ts';
import type { AutoTopUp } from './alerts-sections.tsx';
import { moneyOnWire, typedMoney } from '#web/lib/typed-money.ts';
import { TopUpSentence } from './top-up-sentence.tsx';

type CreditPackage = ApiResult<'listCreditPackages'>['data'][number];
type Values = { package_id: string; threshold: number | string; monthly_cap: number | string };

const thresholdMax = 1_000_000_000;

/** Package, threshold and cap, with the sentence that says what they will do, and the switch. */
export function AutoTopUpForm({
  topUp,
  available,
  packages,
}: {
  topUp: AutoTopUp;
  available: number | null;
  packages: readonly CreditPackage[];
}) {
  const { alerts: texts } = useTexts();
  const format = useFormat();
  const adopt = useAdoptTopUp();
  const currency = isCurrency(topUp.currency) ? topUp.currency : 'USD';
  const price = (item: CreditPackage) => format.money(moneyFromWire(item.price, item.currency));
  const packageOf = (id: string) => packages.find((item) => item.id === id);
  const form = useForm<Values>({
    initialValues: initialValues(topUp, currency),
    validate: {
      package_id: (id) => (packageOf(id) === undefined ? texts.packageNeeded : null),
      threshold: (typed) => (isThreshold(typed) ? null : texts.topUpThresholdNeeded),
      monthly_cap: (typed, { package_id: id }) => {
        const cap = typedMoney(String(typed), currency)?.amountMinor ?? null;
        const chosen = packageOf(id);
        if (cap === null) return texts.capNeeded;
        return chosen !== undefined && cap < BigInt(chosen.price) ? texts.capTooSmall(price(chosen)) : null;
      },
    },
  });
  const change = useFormMutation({
    form,
    send: (values) => api('updateAutoTopUp', { body: { enabled: true, ...bodyOf(values, currency) } }),
    onSuccess: (changed) => adopt(changed, texts.switchedOn),
  });
  return (
    <form onSubmit={change.submit} noValidate>
      <Stack gap="md">
        {change.error !== null && <ErrorState error={change.error} compact />}
        <Group align="flex-start" gap="md">
          <NativeSelect
            label={texts.package}
            miw={260}
            data={[
              ...(packageOf(form.values.package_id) === undefined ? [{ value: '', label: '' }] : []),
              ...packages.map((item) => ({
                value: item.id,
                label: texts.packageChoice(item.name, format.credits(creditsFromWire(item.credits)), price(item)),
              })),
            ]}
            {...form.getInputProps('package_id')}
          />
          <NumberInput
            label={texts.topUpThreshold}
            min={1}
            max={thresholdMax}
            step={100}
            allowDecimal={false}
            allowNegative={false}
            thousandSeparator=","
            {...form.getInputProps('threshold')}
          />
          <NumberInput
            label={texts.cap(currency)}
            min={0}
            max={1_000_000_000}
            decimalScale={currencyExponent(currency)}
            fixedDecimalScale
            allowNegative={false}
            thousandSeparator=","
            {...form.getInputProps('monthly_cap')}
          />
        </Group>
        <TopUpSentence
          topUp={topUp}
          chosen={packageOf(form.values.package_id) ?? null}
          threshold={isThreshold(form.values.threshold) ? form.values.threshold : null}
          capMinor={typedMoney(String(form.values.monthly_cap), currency)?.amountMinor ?? null}
          currency={currency}
          available={available}
        />
        <Group gap="sm">
          {topUp.saved_method !== null && (
            <Button type="submit" loading={change.isPending}>
              {topUp.enabled ? texts.saveTopUp : texts.switchOn}
            </Button>
          )}
          {topUp.enabled && <SwitchOff />}
        </Group>
      </Stack>
    </form>
  );
}

function SwitchOff() {
  const { alerts: texts } = useTexts();
  const adopt = useAdoptTopUp();
  const switchOff = useMutation({
    mutationFn: () => api('updateAutoTopUp', { body: { enabled: false } }),
    onSuccess: (changed) => adopt(changed, texts.switchedOff),
  });
  return (
    <>
      <Button variant="default" loading={switchOff.isPending} onClick={() => switchOff.mutate()}>
        {texts.switchOff}
      </Button>
      {switchOff.isError && <ErrorState error={switchOff.error} compact />}
    </>
  );
}

function useAdoptTopUp(): (changed: AutoTopUp, message: string) => void {
  const queryClient = useQueryClient();
  return (changed, message) => {
    queryClient.setQueryData(endpointQuery('getAutoTopUp').queryKey, changed);
    // They say what charges them.
    void queryClient.invalidateQueries({ queryKey: ['listSavedMethods'] });
    showToast({ tone: 'good', message });
  };
}

function initialValues(topUp: AutoTopUp, currency: Currency): Values {
  return {
    package_id: topUp.package?.id ?? '',
    threshold: topUp.threshold ?? '',
    monthly_cap: topUp.monthly_cap === null ? '' : decimalText(moneyFromWire(topUp.monthly_cap, currency)),
  };
}

function bodyOf(values: Values, currency: Currency) {
  return {
    package_id: values.package_id,
    ...(isThreshold(values.threshold) ? { threshold: values.threshold } : {}),
    monthly_cap: moneyOnWire(typedMoney(String(values.monthly_cap), currency) ?? money(0n, currency)),
  };
}

function isThreshold(typed: number | string): typed is number {
  return typeof typed === 'number' && Number.isInteger(typed) && typed >= 1 && typed <= thresholdMax;
}

import { Button, Group, NumberInput, Stack, Switch, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { ErrorState } from '#web/components/error-state.tsx';
import { RelativeTime } from '#web/components/relative-time.tsx';
import { Section } from '#web/components/section.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { creditsFromWire } from '#web/lib/format.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { useFormMutation } from '#web/lib/use-form-mutation.ts';
import type { CreditAlerts } from './alerts-sections.tsx';

type Values = { low_balance_threshold: number | string; included_alerts: boolean };

const thresholdMax = 1_000_000_000;

/** The threshold at which the account is told, what will happen by it, and what happened last. */
export function AlertsSection({ alerts }: { alerts: CreditAlerts }) {
  const { alerts: texts } = useTexts();
  return (
    <Section title={texts.title} description={texts.detail(alerts.recipient)}>
      <Stack gap="md">
        {useIsAllowed('credit_alerts.manage') ? <AlertsForm alerts={alerts} /> : <Sentence alerts={alerts} />}
        <LastAlert last={alerts.last_alert} />
      </Stack>
    </Section>
  );
}

function AlertsForm({ alerts }: { alerts: CreditAlerts }) {
  const { alerts: texts } = useTexts();
  const format = useFormat();
  const queryClient = useQueryClient();
  const form = useForm<Values>({
    initialValues: {
      low_balance_threshold: alerts.low_balance_threshold ?? '',
      included_alerts: alerts.included?.alerts_on ?? true,
    },
    validate: { low_balance_threshold: (typed) => (thresholdOf(typed) === undefined ? texts.thresholdNeeded : null) },
  });
  const change = useFormMutation({
    form,
    send: (values) =>
      api('updateCreditAlerts', {
        body: {
          low_balance_threshold: thresholdOf(values.low_balance_threshold) ?? null,
          ...(alerts.included === null ? {} : { included_alerts: values.included_alerts }),
        },
      }),
    onSuccess: (changed) => {
      queryClient.setQueryData(endpointQuery('getCreditAlerts').queryKey, changed);
      showToast({ tone: 'good', message: texts.saved });
    },
  });
  const { included } = alerts;
  const threshold = thresholdOf(form.values.low_balance_threshold);
  return (
    <form onSubmit={change.submit} noValidate>
      <Stack gap="md">
        {change.error !== null && <ErrorState error={change.error} compact />}
        <NumberInput
          label={texts.threshold}
          description={texts.thresholdHint}
          min={1}
          max={thresholdMax}
          step={100}
          allowDecimal={false}
          allowNegative={false}
          thousandSeparator=","
          maw={280}
          {...form.getInputProps('low_balance_threshold')}
        />
        {threshold !== undefined && <Sentence alerts={{ ...alerts, low_balance_threshold: threshold }} />}
        {included !== null && (
          <Switch
            label={`${texts.included}: ${texts.includedUse(
              format.credits(creditsFromWire(included.spent)),
              format.credits(creditsFromWire(included.included)),
            )}`}
            description={texts.includedHint(shares(included.milestones, format.locale))}
            {...form.getInputProps('included_alerts', { type: 'checkbox' })}
          />
        )}
        <Group>
          <Button type="submit" variant="default" loading={change.isPending}>
            {texts.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What a threshold as typed means: null for none, undefined when it is not a threshold. */
function thresholdOf(typed: number | string): number | null | undefined {
  if (typed === '') return null;
  const isThreshold = typeof typed === 'number' && Number.isInteger(typed) && typed >= 1 && typed <= thresholdMax;
  return isThreshold ? typed : undefined;
}

/** What will happen, in a sentence. */
function Sentence({ alerts }: { alerts: Pick<CreditAlerts, 'low_balance_threshold' | 'available'> }) {
  const { alerts: texts } = useTexts();
  const format = useFormat();
  const { low_balance_threshold: threshold, available } = alerts;
  if (threshold === null) return <Text size="sm">{texts.thresholdOff}</Text>;
  return (
    <Text size="sm" maw="70ch" role="status">
      {texts.thresholdOn(format.credits(creditsFromWire(threshold)))}{' '}
      {available < threshold && texts.thresholdBelow(format.credits(creditsFromWire(available)))}
    </Text>
  );
}

function LastAlert({ last }: { last: CreditAlerts['last_alert'] }) {
  const { alerts: texts } = useTexts();
  return (
    <Text size="sm" c="dimmed">
      {texts.lastAlert}: {last === null ? texts.neverAlerted : <LastAlertWords last={last} />}
    </Text>
  );
}

function LastAlertWords({ last }: { last: NonNullable<CreditAlerts['last_alert']> }) {
  const { alerts: texts } = useTexts();
  const format = useFormat();
  const words =
    last.kind === 'low_balance'
      ? texts.lastLow(
          format.credits(creditsFromWire(last.available ?? 0)),
          format.credits(creditsFromWire(last.threshold ?? 0)),
        )
      : texts.lastIncluded(shares([last.percent ?? 0], format.locale));
  return (
    <>
      <RelativeTime at={last.happened_at} />. {words}
    </>
  );
}

/** `50%, 80% and 100%` */
function shares(percents: readonly number[], locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit: 'percent' });
  const words = percents.map((percent) => format.format(percent));
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(words);
}

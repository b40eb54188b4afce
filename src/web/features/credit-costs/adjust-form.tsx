import { Button, Group, NativeSelect, NumberInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '#web/components/confirm-dialog.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { type ApiArguments, api } from '#web/lib/api.ts';
import { creditsFromWire } from '#web/lib/format.ts';
import { useIdempotencyKey } from '#web/lib/idempotency-key.ts';
import { useCreditWords, useFormat, useTexts } from '#web/lib/reader.ts';
import type { AccountCredits } from './adjust-section.tsx';
import type { TypedNumber } from './cost-fields.tsx';
import { InstantInput, instantPicked } from './instant-input.tsx';

type Values = {
  direction: 'give' | 'take';
  credits: TypedNumber;
  kind: 'adjustment' | 'bonus';
  reason: string;
  expires_at: string;
};
type Body = ApiArguments<'adjustCredits'>['body'];

const creditsMax = 1_000_000_000;

const untouched: Values = { direction: 'give', credits: '', kind: 'adjustment', reason: '', expires_at: '' };

/** How many credits, why, and until when; asks once more with the effect before it happens. */
export function AdjustForm({ credits }: { credits: AccountCredits }) {
  const texts = useTexts().creditCosts;
  const format = useFormat();
  const creditWords = useCreditWords();
  const [asked, setAsked] = useState<Body | null>(null);
  const form = useForm<Values>({
    initialValues: untouched,
    validate: {
      credits: (typed, { direction }) => {
        if (typeof typed !== 'number' || typed < 1 || typed > creditsMax) return texts.creditsNeeded;
        const isTooMany = direction === 'take' && typed > credits.available;
        return isTooMany ? texts.creditsTooMany(format.credits(creditsFromWire(credits.available))) : null;
      },
      reason: isNotEmpty(texts.reasonNeeded),
    },
  });
  const { direction, credits: typed } = form.values;
  const count = typeof typed === 'number' ? creditWords(creditsFromWire(typed)) : texts.credits.toLowerCase();
  return (
    <form onSubmit={form.onSubmit((values) => setAsked(bodyOf(values)))} noValidate>
      <Stack gap="md">
        <Group align="flex-end" gap="sm">
          <SegmentedControl
            aria-label={texts.giveOrTake}
            data={[
              { value: 'give', label: texts.give },
              { value: 'take', label: texts.take },
            ]}
            {...form.getInputProps('direction')}
          />
        </Group>
        <Group grow align="flex-start" preventGrowOverflow={false}>
          <NumberInput
            label={texts.credits}
            min={1}
            max={creditsMax}
            allowDecimal={false}
            allowNegative={false}
            thousandSeparator=","
            miw={150}
            {...form.getInputProps('credits')}
          />
          {direction === 'give' && (
            <NativeSelect
              label={texts.kind}
              data={[
                { value: 'adjustment', label: texts.kinds.adjustment },
                { value: 'bonus', label: texts.kinds.bonus },
              ]}
              miw={150}
              {...form.getInputProps('kind')}
            />
          )}
        </Group>
        <TextInput
          label={texts.reason}
          description={texts.reasonHint}
          maxLength={500}
          autoComplete="off"
          {...form.getInputProps('reason')}
        />
        {direction === 'give' && (
          <InstantInput
            label={texts.expires}
            description={texts.expiresHint}
            value={form.values.expires_at}
            onChange={(at) => form.setFieldValue('expires_at', at)}
            error={form.errors['expires_at']}
          />
        )}
        <Effect credits={credits} values={form.values} />
        <Group justify="flex-end">
          <Button type="submit">{direction === 'give' ? texts.giveCredits(count) : texts.takeCredits(count)}</Button>
        </Group>
      </Stack>
      <Confirm
        credits={credits}
        values={form.values}
        body={asked}
        onClose={() => setAsked(null)}
        onDone={() => form.reset()}
      />
    </form>
  );
}

function bodyOf({ direction, credits, kind, reason, expires_at: expires }: Values): Body {
  const units = typeof credits === 'number' ? credits : 0;
  if (direction === 'take') return { credits: -units, reason };
  return { credits: units, reason, kind, ...(expires === '' ? {} : { expires_at: instantPicked(expires) }) };
}

/** The balance before and after, as far as it can be told. */
function Effect({ credits, values }: { credits: AccountCredits; values: Values }) {
  const texts = useTexts().creditCosts;
  const format = useFormat();
  const creditWords = useCreditWords();
  if (typeof values.credits !== 'number') return null;
  const after = credits.available + (values.direction === 'give' ? values.credits : -values.credits);
  if (after < 0) return null;
  const before = format.credits(creditsFromWire(credits.available));
  return (
    <Text size="sm" aria-live="polite">
      {texts.effect(before, creditWords(creditsFromWire(after)))}
      {values.direction === 'take' && ` ${texts.takeOrder}`}
    </Text>
  );
}

function Confirm({
  credits,
  values,
  body,
  onClose,
  onDone,
}: {
  credits: AccountCredits;
  values: Values;
  body: Body | null;
  onClose: () => void;
  onDone: () => void;
}) {
  const { creditCosts: texts } = useTexts();
  const creditWords = useCreditWords();
  const queryClient = useQueryClient();
  const keyOf = useIdempotencyKey();
  const [times, setTimes] = useState(0);
  const count = typeof values.credits === 'number' ? creditWords(creditsFromWire(values.credits)) : '';
  const isGift = values.direction === 'give';
  return (
    <ConfirmDialog
      opened={body !== null}
      onClose={onClose}
      title={(isGift ? texts.confirmGive : texts.confirmTake)(count, credits.account.name)}
      confirmLabel={isGift ? texts.giveCredits(count) : texts.takeCredits(count)}
      onConfirm={async () => {
        if (body === null) return;
        // The same adjustment may be wanted twice: only a repetition of a failed request keeps its key.
        const idempotencyKey = keyOf({ account: credits.account.id, times, body });
        const adjusted = await api('adjustCredits', { params: { id: credits.account.id }, body, idempotencyKey });
        setTimes((before) => before + 1);
        await queryClient.invalidateQueries({ queryKey: ['getAccountCredits'] });
        showToast({ tone: 'good', message: texts.adjusted(creditWords(creditsFromWire(adjusted.balance))) });
        onDone();
      }}
    >
      <Stack gap="xs">
        <Effect credits={credits} values={values} />
        <Text size="sm">{values.reason}</Text>
      </Stack>
    </ConfirmDialog>
  );
}

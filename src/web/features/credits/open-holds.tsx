import { Button, Group, NumberInput, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '#web/components/error-state.tsx';
import { Section } from '#web/components/section.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { creditsFromWire } from '#web/lib/format.ts';
import { useIdempotencyKey } from '#web/lib/idempotency-key.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { useCreditWords, useTexts } from '#web/lib/reader.ts';
import type { CreditBalance } from './balance-card.tsx';
import classes from './credits.module.css';
import { operationWords } from './entry-words.ts';
import type { Operation } from './operation-cost.ts';
import { useCreditsRefresh } from './use-credits-refresh.ts';

type Hold = CreditBalance['holds'][number];

/** The open holds, each with the ways to end it. Nothing while there is none. */
export function OpenHolds({ operations }: { operations: readonly Operation[] }) {
  const texts = useTexts().playground;
  const { data: balance } = useQuery(endpointQuery('getCreditBalance'));
  if (balance === undefined || balance.holds.length === 0) return null;
  return (
    <Section title={texts.holds} description={texts.holdsDetail}>
      <ul className={classes['lots']}>
        {balance.holds.map((hold) => (
          <li key={hold.id}>
            <OpenHold hold={hold} operation={operations.find(({ code }) => code === hold.operation)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function OpenHold({ hold, operation }: { hold: Hold; operation: Operation | undefined }) {
  const texts = useTexts().playground;
  const creditWords = useCreditWords();
  const [quantity, setQuantity] = useState<number | string>(hold.quantity);
  const { end, ending, error } = useEnd(hold);
  const name = operationWords(operation?.name ?? hold.operation, hold.variant);
  const isWhole = typeof quantity === 'number' && Number.isInteger(quantity) && quantity >= 1;
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="baseline" gap="sm">
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="sm" className="figures">
          {texts.heldCredits(creditWords(creditsFromWire(hold.credits)))}
        </Text>
      </Group>
      {error !== null && <ErrorState error={error} compact />}
      <Group align="flex-end" gap="sm">
        <NumberInput
          label={texts.actualQuantity(operation?.unit ?? '')}
          min={1}
          allowDecimal={false}
          allowNegative={false}
          thousandSeparator=","
          value={quantity}
          onChange={setQuantity}
          error={isWhole ? null : texts.quantityNeeded}
          w={180}
        />
        <Button
          disabled={!isWhole || ending === 'release'}
          loading={ending === 'capture'}
          onClick={() => isWhole && end({ as: 'capture', quantity })}
        >
          {texts.capture}
          <VisuallyHidden>: {texts.captureOf(name)}</VisuallyHidden>
        </Button>
        <Button
          variant="default"
          disabled={ending === 'capture'}
          loading={ending === 'release'}
          onClick={() => end({ as: 'release' })}
        >
          {texts.release}
          <VisuallyHidden>: {texts.releaseOf(name)}</VisuallyHidden>
        </Button>
      </Group>
    </Stack>
  );
}

type End = { as: 'release' } | { as: 'capture'; quantity: number };

function useEnd(hold: Hold) {
  const texts = useTexts().playground;
  const creditWords = useCreditWords();
  const refresh = useCreditsRefresh();
  const keyOf = useIdempotencyKey();
  const mutation = useMutation({
    mutationFn: async (how: End) => {
      const idempotencyKey = keyOf(how);
      const params = { id: hold.id };
      if (how.as === 'release') {
        await api('releaseHold', { params, idempotencyKey });
        return texts.released(creditWords(creditsFromWire(hold.credits)));
      }
      const ended = await api('captureHold', { params, body: { quantity: how.quantity }, idempotencyKey });
      return texts.captured(creditWords(creditsFromWire(ended.captured_credits ?? 0)));
    },
    onSuccess: async (message) => {
      showToast({ tone: 'good', message });
      await refresh();
    },
  });
  return {
    end: (how: End) => mutation.mutate(how),
    ending: mutation.isPending ? mutation.variables.as : null,
    error: mutation.error,
  };
}

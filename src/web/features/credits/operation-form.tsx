import { Alert, Button, Group, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconLock, IconPlay, IconWarning } from '#web/components/icons.tsx';
import { ButtonLink } from '#web/components/links.tsx';
import { Section } from '#web/components/section.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { isProblem } from '#web/lib/api-problem.ts';
import { creditsFromWire } from '#web/lib/format.ts';
import { useIdempotencyKey } from '#web/lib/idempotency-key.ts';
import { useCreditWords, useFormat, useMilliCreditWords, useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { costOf, type Operation, type OperationCost, previewOf, variantsOf } from './operation-cost.ts';
import type { OperationUse } from './operation-use.ts';
import { PlaygroundRequest } from './playground-request.tsx';
import { useCreditsRefresh } from './use-credits-refresh.ts';

const quantityMax = 1_000_000_000;

/** Chooses an operation and how much of it, says what that costs, and uses or holds the credits; and the same by hand. */
export function OperationForm({ operations }: { operations: readonly Operation[] }) {
  const texts = useTexts().playground;
  const [code, setCode] = useState(operations[0]?.code ?? '');
  const [variant, setVariant] = useState<string | null>(null);
  const [quantity, setQuantity] = useState<number | string>(1);
  const [reference, setReference] = useState('');
  const operation = operations.find((known) => known.code === code) ?? operations[0];
  const isWhole =
    typeof quantity === 'number' && Number.isInteger(quantity) && quantity >= 1 && quantity <= quantityMax;
  const use = operation !== undefined && isWhole ? requestOf(operation, variant, quantity, reference) : null;
  if (operation === undefined) return null;
  const cost = costOf(operation, variant);
  return (
    <Stack gap="lg">
      <Section title={texts.run} {...(operation.description === '' ? {} : { description: operation.description })}>
        <Stack gap="md">
          <Group grow align="flex-start" preventGrowOverflow={false}>
            <NativeSelect
              label={texts.operation}
              value={operation.code}
              onChange={({ currentTarget }) => {
                setCode(currentTarget.value);
                setVariant(null);
              }}
              data={operations.map(({ code: value, name: label }) => ({ value, label }))}
              miw={200}
            />
            {variantsOf(operation).length > 0 && (
              <NativeSelect
                label={texts.variant}
                value={variant ?? ''}
                onChange={({ currentTarget }) => setVariant(currentTarget.value === '' ? null : currentTarget.value)}
                data={[{ value: '', label: texts.noVariant }, ...variantsOf(operation)]}
                miw={140}
              />
            )}
            <NumberInput
              label={texts.quantity(operation.unit)}
              min={1}
              max={quantityMax}
              allowDecimal={false}
              allowNegative={false}
              thousandSeparator=","
              value={quantity}
              onChange={setQuantity}
              error={isWhole ? null : texts.quantityNeeded}
              miw={140}
            />
          </Group>
          <TextInput
            label={texts.reference}
            description={texts.referenceHint}
            maxLength={200}
            value={reference}
            onChange={({ currentTarget }) => setReference(currentTarget.value)}
          />
          <Rule operation={operation} cost={cost} />
          <Actions use={use} cost={cost} />
        </Stack>
      </Section>
      <PlaygroundRequest use={use} />
    </Stack>
  );
}

function requestOf(operation: Operation, variant: string | null, quantity: number, reference: string): OperationUse {
  const words = reference.trim();
  return {
    operation: operation.code,
    ...(variant === null ? {} : { variant }),
    quantity,
    ...(words === '' ? {} : { reference: words }),
  };
}

function Rule({ operation, cost }: { operation: Operation; cost: OperationCost | null }) {
  const { playground: texts, credits } = useTexts();
  const format = useFormat();
  const milliCreditWords = useMilliCreditWords();
  if (cost === null) return <Text size="sm">{texts.unpriced}</Text>;
  const perUnit = milliCreditWords(cost.milli_credits_per_unit);
  const rule = texts.costsRule(perUnit, operation.unit, credits.rounding[cost.rounding]);
  const minimum = format.credits(creditsFromWire(cost.minimum_credits));
  return (
    <Text size="sm" c="dimmed">
      {cost.minimum_credits > 0 ? texts.costsMinimum(rule, minimum) : rule}
    </Text>
  );
}

function Actions({ use, cost }: { use: OperationUse | null; cost: OperationCost | null }) {
  const texts = useTexts().playground;
  const creditWords = useCreditWords();
  const { run, isHolding, isConsuming, error } = useRun();
  if (cost === null) return null;
  const price = use?.quantity === undefined ? '…' : creditWords(previewOf(use.quantity, cost));
  return (
    <Stack gap="md">
      {error !== null && <Refusal error={error} />}
      <Group gap="sm">
        <Button
          leftSection={<IconPlay size={16} />}
          disabled={use === null || isHolding}
          loading={isConsuming}
          onClick={() => use !== null && run(use, 'consume')}
        >
          {texts.consume(price)}
        </Button>
        <Button
          variant="default"
          leftSection={<IconLock size={16} />}
          disabled={use === null || isConsuming}
          loading={isHolding}
          onClick={() => use !== null && run(use, 'hold')}
        >
          {texts.hold(price)}
        </Button>
      </Group>
    </Stack>
  );
}

/** Sends a use. Every success takes a new key with it, so that the same use can be run again; a retry keeps its key. */
function useRun() {
  const texts = useTexts().playground;
  const creditWords = useCreditWords();
  const refresh = useCreditsRefresh();
  const keyOf = useIdempotencyKey();
  const [runs, setRuns] = useState(0);
  const mutation = useMutation({
    mutationFn: async ({ use, as }: { use: OperationUse; as: 'consume' | 'hold' }) => {
      const idempotencyKey = keyOf({ use, as, runs });
      if (as === 'hold') {
        const hold = await api('createHold', { body: use, idempotencyKey });
        return texts.heldDone(creditWords(creditsFromWire(hold.credits)));
      }
      const done = await api('consumeCredits', { body: use, idempotencyKey });
      return texts.done(creditWords(creditsFromWire(done.credits)), creditWords(creditsFromWire(done.balance)));
    },
    onSuccess: async (message) => {
      setRuns((before) => before + 1);
      showToast({ tone: 'good', message });
      await refresh();
    },
  });
  return {
    run: (use: OperationUse, as: 'consume' | 'hold') => mutation.mutate({ use, as }),
    isConsuming: mutation.isPending && mutation.variables.as === 'consume',
    isHolding: mutation.isPending && mutation.variables.as === 'hold',
    error: mutation.error,
  };
}

function Refusal({ error }: { error: Error }) {
  const texts = useTexts().playground;
  const mayBuy = useIsAllowed('credits.purchase');
  if (!isProblem(error, 'insufficient_credits')) return <ErrorState error={error} compact />;
  return (
    <Alert color="yellow" icon={<IconWarning size={20} />} title={texts.shortTitle} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{error.detail}</Text>
        {mayBuy && (
          <ButtonLink to="/account/credits/purchase" size="xs">
            {texts.purchase}
          </ButtonLink>
        )}
      </Stack>
    </Alert>
  );
}

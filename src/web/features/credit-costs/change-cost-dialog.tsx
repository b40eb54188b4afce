import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { ErrorState } from '#web/components/error-state.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { useIdempotencyKey } from '#web/lib/idempotency-key.ts';
import { useCreditWords, useFormat, useTexts } from '#web/lib/reader.ts';
import { useFormMutation } from '#web/lib/use-form-mutation.ts';
import { CostFields, costValidation, type CostValues, typedRule } from './cost-fields.tsx';
import { type CostVersion, priceOf, type PricedOperation, typedMilliCredits, useCostsRefresh } from './costs.ts';
import { InstantInput, instantPicked } from './instant-input.tsx';

/** Which cost is changed: that of one variant, that of every variant (null), or one for a variant yet to be named. */
export type CostTarget = { readonly variant: string | null | undefined };

/** Makes a new version of a cost, in force now or from an instant on. */
export function ChangeCostDialog({
  operation,
  target,
  onClose,
}: {
  operation: PricedOperation;
  target: CostTarget | null;
  onClose: () => void;
}) {
  const { creditCosts: texts, common } = useTexts();
  const title = target?.variant === undefined ? texts.addVariantTitle : texts.changeTitle;
  return (
    <Modal
      opened={target !== null}
      onClose={onClose}
      title={title(operation.name)}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      {target !== null && <CostForm operation={operation} target={target} onDone={onClose} />}
    </Modal>
  );
}

type Values = CostValues & { variant: string; when: string; effective_from: string };

function CostForm({
  operation,
  target,
  onDone,
}: {
  operation: PricedOperation;
  target: CostTarget;
  onDone: () => void;
}) {
  const { creditCosts: texts, common } = useTexts();
  const inForce = operation.costs.find(
    ({ status, variant }) => status === 'in_force' && variant === (target.variant ?? null),
  );
  const form = useForm<Values>({
    initialValues: { ...initialRule(inForce), variant: '', when: 'now', effective_from: '' },
    validate: {
      ...costValidation(texts),
      variant: (typed) => (target.variant === undefined && !isVariant(typed.trim()) ? texts.variantNeeded : null),
      effective_from: (picked, { when }) => (when === 'later' && picked === '' ? texts.whenNeeded : null),
    },
  });
  const change = useChange(operation, target, form, onDone);
  const isLater = form.values.when === 'later';
  return (
    <form onSubmit={change.submit} noValidate>
      <Stack gap="md">
        {change.error !== null && <ErrorState error={change.error} compact />}
        {target.variant === undefined ? (
          <TextInput
            label={texts.variant}
            description={texts.variantHint}
            maxLength={80}
            autoComplete="off"
            data-autofocus
            {...form.getInputProps('variant')}
          />
        ) : (
          target.variant !== null && (
            <Text size="sm">
              {texts.variant}: <strong>{target.variant}</strong>
            </Text>
          )
        )}
        <CostFields form={form} unit={operation.unit} />
        <Radio.Group label={texts.when} {...form.getInputProps('when')}>
          <Group gap="lg" mt={6}>
            <Radio value="now" label={texts.whenNow} />
            <Radio value="later" label={texts.whenLater} />
          </Group>
        </Radio.Group>
        {isLater && (
          <InstantInput
            label={texts.whenAt}
            value={form.values.effective_from}
            onChange={(at) => form.setFieldValue('effective_from', at)}
            error={form.errors['effective_from']}
          />
        )}
        <Preview values={form.values} unit={operation.unit} inForce={inForce} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {isLater ? texts.schedule : texts.changeNow}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function initialRule(cost: CostVersion | undefined): CostValues {
  return {
    milli_credits_per_unit: cost === undefined ? '' : typedMilliCredits(cost.milli_credits_per_unit),
    minimum_credits: cost?.minimum_credits ?? 0,
    rounding: cost?.rounding ?? 'up',
  };
}

function isVariant(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._:/@+-]*$/.test(text);
}

function useChange(
  operation: PricedOperation,
  target: CostTarget,
  form: UseFormReturnType<Values>,
  onDone: () => void,
) {
  const texts = useTexts().creditCosts;
  const format = useFormat();
  const keyOf = useIdempotencyKey();
  const refresh = useCostsRefresh();
  return useFormMutation({
    form,
    send: async (values) => {
      const rule = typedRule(values);
      if (rule === null) throw new Error('A cost was sent before it was typed.');
      const variant = target.variant === undefined ? values.variant.trim() : target.variant;
      const isLater = values.when === 'later';
      const body = {
        ...rule,
        ...(variant === null ? {} : { variant }),
        ...(isLater ? { effective_from: instantPicked(values.effective_from) } : {}),
      };
      const made = await api('createCreditCost', { params: { id: operation.id }, body, idempotencyKey: keyOf(body) });
      return { made, isLater };
    },
    onSuccess: async ({ made, isLater }) => {
      await refresh();
      const at = format.instant(new Date(made.effective_from));
      showToast({ tone: 'good', message: isLater ? texts.scheduled(at) : texts.changed });
      onDone();
    },
  });
}

const previewedQuantity = 1_000;

/** What a thousand units come to by the new cost, beside the one in force. */
function Preview({ values, unit, inForce }: { values: CostValues; unit: string; inForce: CostVersion | undefined }) {
  const texts = useTexts().creditCosts;
  const format = useFormat();
  const creditWords = useCreditWords();
  const rule = typedRule(values);
  if (rule === null) return null;
  const quantity = format.count(previewedQuantity);
  const price = creditWords(priceOf(previewedQuantity, rule));
  const before = inForce === undefined ? null : creditWords(priceOf(previewedQuantity, inForce));
  return (
    <Text size="sm" c="dimmed" aria-live="polite">
      {before === null || before === price
        ? texts.preview(quantity, unit, price)
        : texts.previewInstead(quantity, unit, price, before)}
    </Text>
  );
}

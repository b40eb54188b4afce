import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { ErrorState } from '#web/components/error-state.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { useIdempotencyKey } from '#web/lib/idempotency-key.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useFormMutation } from '#web/lib/use-form-mutation.ts';
import { CostFields, costValidation, type CostValues, typedRule } from './cost-fields.tsx';
import { useCostsRefresh } from './costs.ts';

/** Adds an operation with its first cost. */
export function NewOperationDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { creditCosts: texts, common } = useTexts();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={texts.addOperationTitle}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <OperationForm onDone={onClose} />
    </Modal>
  );
}

type Values = CostValues & { code: string; name: string; unit: string; description: string };

function OperationForm({ onDone }: { onDone: () => void }) {
  const { creditCosts: texts, common } = useTexts();
  const keyOf = useIdempotencyKey();
  const refresh = useCostsRefresh();
  const form = useForm<Values>({
    initialValues: {
      code: '',
      name: '',
      unit: '',
      description: '',
      milli_credits_per_unit: '1',
      minimum_credits: '0',
      rounding: 'up',
    },
    validate: {
      ...costValidation(texts),
      code: (code) => (/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/.test(code.trim()) ? null : texts.codeNeeded),
      name: isNotEmpty(texts.nameNeeded),
      unit: isNotEmpty(texts.unitNeeded),
    },
  });
  const add = useFormMutation({
    form,
    send: async (values) => {
      const rule = typedRule(values);
      if (rule === null) throw new Error('A cost was sent before it was typed.');
      const { name, unit, description } = values;
      const body = { code: values.code.trim(), name, unit, description, ...rule };
      return await api('createOperation', { body, idempotencyKey: keyOf(body) });
    },
    onSuccess: async ({ name }) => {
      await refresh();
      showToast({ tone: 'good', message: texts.added(name) });
      onDone();
    },
  });
  return (
    <form onSubmit={add.submit} noValidate>
      <Stack gap="md">
        {add.error !== null && <ErrorState error={add.error} compact />}
        <TextInput
          label={texts.code}
          description={texts.codeHint}
          maxLength={80}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
          {...form.getInputProps('code')}
        />
        <TextInput
          label={texts.name}
          description={texts.nameHint}
          maxLength={120}
          autoComplete="off"
          {...form.getInputProps('name')}
        />
        <TextInput
          label={texts.unit}
          description={texts.unitHint}
          maxLength={40}
          autoComplete="off"
          {...form.getInputProps('unit')}
        />
        <Textarea
          label={texts.operationDescription}
          maxLength={500}
          autosize
          minRows={2}
          {...form.getInputProps('description')}
        />
        <CostFields form={form} unit={form.values.unit} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {texts.addOperation}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

import { Button, Group, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '#web/components/error-state.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { type ApiArguments, api } from '#web/lib/api.ts';
import { isProblem } from '#web/lib/api-problem.ts';
import { useTexts } from '#web/lib/reader.ts';
import { BankDetailsChange } from './bank-details-change.tsx';
import { OptionFields } from './option-fields.tsx';
import { bodyOf, valuesOf } from './option-values.ts';
import { adoptOption, type OptionSettings, refreshOptions } from './options.ts';
import { useOptionForm, useOptionSubmit } from './use-option-form.ts';

/** Changes a way to pay. Where the money goes changes only after it was shown what it was and what it will be. */
export function EditOption({ option, onDone }: { option: OptionSettings; onDone: () => void }) {
  const { paymentOptions: texts, common } = useTexts();
  const queryClient = useQueryClient();
  const form = useOptionForm(valuesOf(option));
  const [comparing, setComparing] = useState(false);
  const save = useOptionSubmit(form, {
    send: async (values) => {
      const { country: _, method: __, kind: ___, transfer, ...settings } = bodyOf(values);
      const body: ApiArguments<'updatePaymentOption'>['body'] = {
        ...settings,
        ...(transfer === null ? {} : { transfer }),
        ...(comparing ? { confirm_bank_details: true } : {}),
      };
      try {
        return await api('updatePaymentOption', { params: { id: option.id }, body });
      } catch (error) {
        if (!isProblem(error, 'bank_details_unconfirmed')) throw error;
        return null;
      }
    },
    onSuccess: async (saved) => {
      if (saved === null) return setComparing(true);
      adoptOption(queryClient, saved);
      showToast({ tone: 'good', message: texts.saved(saved.display_name) });
      onDone();
      return await refreshOptions(queryClient);
    },
  });
  if (comparing) {
    return (
      <BankDetailsChange
        before={option.transfer}
        after={bodyOf(form.values).transfer}
        error={save.error}
        isPending={save.isPending}
        onBack={() => setComparing(false)}
        onConfirm={save.send}
      />
    );
  }
  return (
    <form onSubmit={save.submit} noValidate>
      <Stack gap="lg">
        <OptionFields form={form} isNew={false} />
        {save.error !== null && <ErrorState error={save.error} compact />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone} disabled={save.isPending}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {texts.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

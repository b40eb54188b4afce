import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconWarning } from '#web/components/icons.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { useFormMutation } from '#web/lib/use-form-mutation.ts';
import { type AdminPayment, adoptPayment } from './admin-payment.ts';
import { usePaymentWords } from './payment-words.ts';

/** Why somebody has to look at a payment, and the note that takes it off the list. */
export function AttentionNotice({ payment, attention }: { payment: AdminPayment; attention: string }) {
  const mayReview = useIsAllowed('payments.review');
  const { title, detail } = usePaymentWords().attention(attention);
  return (
    <Alert color="yellow" icon={<IconWarning size={20} />} title={title}>
      <Stack gap="sm">
        {detail !== '' && <Text size="sm">{detail}</Text>}
        {mayReview && <ClearForm payment={payment} />}
      </Stack>
    </Alert>
  );
}

function ClearForm({ payment }: { payment: AdminPayment }) {
  const texts = useTexts().adminPayments;
  const queryClient = useQueryClient();
  const form = useForm({ initialValues: { note: '' }, validate: { note: isNotEmpty(texts.attentionNoteNeeded) } });
  const clear = useFormMutation({
    form,
    send: (body) => api('clearAttention', { params: { id: payment.id }, body }),
    onSuccess: async (looked) => {
      showToast({ tone: 'good', message: texts.attentionCleared });
      await adoptPayment(queryClient, looked);
    },
  });
  return (
    <form onSubmit={clear.submit} noValidate>
      <Stack gap="xs">
        {clear.error !== null && <ErrorState error={clear.error} compact />}
        <Group align="flex-end" gap="sm">
          <TextInput
            label={texts.attentionNote}
            maxLength={500}
            autoComplete="off"
            style={{ flex: '1 1 16rem' }}
            {...form.getInputProps('note')}
          />
          <Button type="submit" variant="default" loading={clear.isPending}>
            {texts.attentionClear}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

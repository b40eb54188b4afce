import { Alert, Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconWarning } from '#web/components/icons.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { useFormMutation } from '#web/lib/use-form-mutation.ts';
import { type AdminPayment, adoptPayment } from './admin-payment.ts';
import { usePaymentWords } from './payment-words.ts';

/** Why somebody has to look at a payment: what does not add up, and others with the same transaction id. */
export function AttentionNotice({ payment, onOpen }: { payment: AdminPayment; onOpen: (paymentId: string) => void }) {
  const texts = useTexts().adminPayments;
  const words = usePaymentWords();
  const mayReview = useIsAllowed('payments.review');
  const { attention, duplicates } = payment;
  const isDouble = duplicates.length > 0;
  if (attention === null && !isDouble) return null;
  const marked = attention === null || attention.startsWith('duplicate_') ? null : words.attention(attention, payment);
  return (
    <Alert
      color="yellow"
      icon={<IconWarning size={20} />}
      role="note"
      title={marked?.title ?? texts.duplicates(duplicates.length)}
    >
      <Stack gap="xs">
        {marked !== null && marked.detail !== '' && <Text size="sm">{marked.detail}</Text>}
        {isDouble && (
          <Text size="sm">
            {marked === null
              ? texts.duplicatesDetail
              : `${texts.duplicates(duplicates.length)}. ${texts.duplicatesDetail}`}{' '}
            {duplicates.map(({ payment_id: id, account_name: name }) => (
              <Anchor
                key={id}
                component="button"
                type="button"
                size="sm"
                c="inherit"
                ta="start"
                me="sm"
                underline="always"
                onClick={() => onOpen(id)}
              >
                {texts.duplicateOf(name)}
              </Anchor>
            ))}
          </Text>
        )}
        {mayReview && attention !== null && <Looked payment={payment} />}
      </Stack>
    </Alert>
  );
}

/** Takes the payment off the list, with a note about what was found. */
function Looked({ payment }: { payment: AdminPayment }) {
  const texts = useTexts().adminPayments;
  const [isNoting, setIsNoting] = useState(false);
  if (isNoting) return <NoteForm payment={payment} />;
  return (
    <Group>
      <Button size="xs" variant="default" onClick={() => setIsNoting(true)}>
        {texts.attentionLooked}
      </Button>
    </Group>
  );
}

function NoteForm({ payment }: { payment: AdminPayment }) {
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
            // The button that opened it is gone: what it opened takes its focus.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
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

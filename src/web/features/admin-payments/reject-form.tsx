import { Button, Chip, Group, Stack, Text, Textarea } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { ErrorState } from '#web/components/error-state.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { useIdempotencyKey } from '#web/lib/idempotency-key.ts';
import { useTexts } from '#web/lib/reader.ts';
import { useFormMutation } from '#web/lib/use-form-mutation.ts';
import { type AdminPayment, adoptPayment } from './admin-payment.ts';
import classes from './admin-payments.module.css';
import { DecisionFrame } from './decision-frame.tsx';
import { usePaymentWords } from './payment-words.ts';
import { useStandingAfterRefusal } from './use-standing-after-refusal.ts';

/** Says why a transfer is rejected; the payer reads it. */
export function RejectForm({
  payment,
  onBack,
  onDecided,
}: {
  payment: AdminPayment;
  onBack: () => void;
  onDecided: () => void;
}) {
  const { adminPayments: texts, common } = useTexts();
  const words = usePaymentWords();
  const queryClient = useQueryClient();
  const keyOf = useIdempotencyKey();
  const form = useForm({ initialValues: { reason: '' }, validate: { reason: isNotEmpty(texts.rejectReasonNeeded) } });
  const amount = words.amount(payment.amount, payment);
  const reject = useFormMutation({
    form,
    send: ({ reason }) => {
      const body = { reason: reason.replace(/\s+/g, ' ').trim() };
      return api('rejectPayment', { params: { id: payment.id }, body, idempotencyKey: keyOf(body) });
    },
    onSuccess: async (decided) => {
      showToast({ tone: 'neutral', message: texts.rejected(amount, payment.account.name) });
      onDecided();
      await adoptPayment(queryClient, decided);
    },
  });
  useStandingAfterRefusal(payment, reject.error);
  const picked = texts.rejectReasons.find((reason) => reason === form.values.reason) ?? '';
  return (
    <DecisionFrame title={texts.reject} onBack={onBack}>
      <form onSubmit={reject.submit} noValidate>
        <Stack gap="md">
          {reject.error !== null && <ErrorState error={reject.error} compact />}
          <Stack gap={6}>
            <Text size="sm" fw={500} component="span">
              {texts.rejectCommon}
            </Text>
            <Chip.Group value={picked} onChange={(reason) => form.setFieldValue('reason', reason)}>
              <Group gap={6}>
                {texts.rejectReasons.map((reason) => (
                  <Chip key={reason} value={reason} size="xs" classNames={{ label: classes['reason'] ?? '' }}>
                    {reason}
                  </Chip>
                ))}
              </Group>
            </Chip.Group>
          </Stack>
          <Textarea
            label={texts.rejectReason}
            description={texts.rejectReasonHint}
            maxLength={500}
            autosize
            minRows={1}
            data-autofocus
            {...form.getInputProps('reason')}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onBack} disabled={reject.isPending}>
              {common.cancel}
            </Button>
            <Button type="submit" color="red" loading={reject.isPending}>
              {texts.rejectConfirm(amount)}
            </Button>
          </Group>
        </Stack>
      </form>
    </DecisionFrame>
  );
}

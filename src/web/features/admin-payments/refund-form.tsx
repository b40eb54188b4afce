import { Button, Group, Stack, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { ErrorState } from '#web/components/error-state.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { isProblem } from '#web/lib/api-problem.ts';
import { useIdempotencyKey } from '#web/lib/idempotency-key.ts';
import { useTexts } from '#web/lib/reader.ts';
import { amountText, typedAmount } from '#web/lib/typed-amount.ts';
import { useFormMutation } from '#web/lib/use-form-mutation.ts';
import { type AdminPayment, adoptPayment } from './admin-payment.ts';
import { usePaymentWords } from './payment-words.ts';
import { RefundEffect } from './refund-effect.tsx';
import { useRefundEffect } from './use-refund-effect.ts';

/** How much is given back and why. What it does is asked of the server for the very amount, and shown before. */
export function RefundForm({ payment, onDone }: { payment: AdminPayment; onDone: () => void }) {
  const { adminPayments: texts, common } = useTexts();
  const words = usePaymentWords();
  const queryClient = useQueryClient();
  const keyOf = useIdempotencyKey();
  const most = words.amount(payment.refundable, payment);
  const amountOf = (typed: string) => typedAmount(typed, payment.currency);
  const isPossible = (amount: number | null): amount is number =>
    amount !== null && amount > 0 && amount <= payment.refundable;
  const form = useForm({
    initialValues: { amount: amountText(payment.refundable, payment.currency), reason: '' },
    validate: {
      amount: (typed) => (isPossible(amountOf(typed)) ? null : texts.refundAmountNeeded(most)),
      reason: isNotEmpty(texts.refundReasonNeeded),
    },
  });
  const amount = amountOf(form.values.amount);
  const effect = useRefundEffect(payment, isPossible(amount) ? amount : null);
  const refund = useFormMutation({
    form,
    send: async ({ amount: typed, reason }) => {
      const body = {
        amount: amountOf(typed) ?? 0,
        reason: reason.trim(),
        ...(effect.shown === undefined ? {} : { expected_credits_taken_back: effect.shown.credits_taken_back }),
      };
      // The same refund may be wanted twice: what was given back before makes it another.
      const idempotencyKey = keyOf({ ...body, before: payment.amount_refunded });
      try {
        return await api('refundPayment', { params: { id: payment.id }, body, idempotencyKey });
      } catch (error) {
        // Credits were spent meanwhile: the new figures are shown before anything is confirmed again.
        if (isProblem(error, 'refund_changed')) await effect.askAgain();
        throw error;
      }
    },
    onSuccess: async (refunded, { amount: typed }) => {
      showToast({
        tone: 'good',
        message: texts.refunded(words.amount(amountOf(typed) ?? 0, payment), payment.account.name),
      });
      onDone();
      await adoptPayment(queryClient, refunded);
    },
  });
  return (
    <form onSubmit={refund.submit} noValidate>
      <Stack gap="md">
        {refund.error !== null && <ErrorState error={refund.error} compact />}
        <TextInput
          label={`${texts.refundAmount} (${payment.currency})`}
          description={texts.refundAmountHint(most)}
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          data-autofocus
          {...form.getInputProps('amount')}
        />
        <TextInput
          label={texts.refundReason}
          description={texts.refundReasonHint}
          autoComplete="off"
          maxLength={500}
          {...form.getInputProps('reason')}
        />
        {effect.error !== null && <ErrorState error={effect.error} compact />}
        <RefundEffect payment={payment} effect={effect.shown} isAsking={effect.isAsking} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone} disabled={refund.isPending}>
            {common.cancel}
          </Button>
          <Button
            type="submit"
            color="red"
            loading={refund.isPending}
            disabled={isPossible(amount) && (effect.shown === undefined || effect.isAsking)}
          >
            {texts.refundConfirm(words.amount(amount ?? 0, payment))}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

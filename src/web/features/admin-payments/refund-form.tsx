import { Button, Group, Stack, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { ErrorState } from '#web/components/error-state.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { decimalText, type Money, money } from '#shared/money/index.ts';
import { api } from '#web/lib/api.ts';
import { moneyFromWire } from '#web/lib/format.ts';
import { isProblem } from '#web/lib/api-problem.ts';
import { useIdempotencyKey } from '#web/lib/idempotency-key.ts';
import { useTexts } from '#web/lib/reader.ts';
import { moneyOnWire, typedMoney } from '#web/lib/typed-money.ts';
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
  const most = moneyFromWire(payment.refundable, payment.currency);
  const amountOf = (typed: string) => typedMoney(typed, most.currency);
  const isPossible = (amount: Money | null): amount is Money =>
    amount !== null && amount.amountMinor > 0n && amount.amountMinor <= most.amountMinor;
  const form = useForm({
    initialValues: { amount: decimalText(most), reason: '' },
    validate: {
      amount: (typed) => (isPossible(amountOf(typed)) ? null : texts.refundAmountNeeded(words.money(most))),
      reason: isNotEmpty(texts.refundReasonNeeded),
    },
  });
  const amount = amountOf(form.values.amount);
  const effect = useRefundEffect(payment, isPossible(amount) ? amount : null);
  const refund = useFormMutation({
    form,
    send: async ({ amount: typed, reason }) => {
      const body = {
        amount: moneyOnWire(amountOf(typed) ?? most),
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
        message: texts.refunded(words.money(amountOf(typed) ?? most), payment.account.name),
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
          description={texts.refundAmountHint(words.money(most))}
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
            {texts.refundConfirm(words.money(amount ?? money(0n, most.currency)))}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

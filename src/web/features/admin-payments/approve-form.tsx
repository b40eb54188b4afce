import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { ErrorState } from '#web/components/error-state.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { useIdempotencyKey } from '#web/lib/idempotency-key.ts';
import { useTexts } from '#web/lib/reader.ts';
import { amountText, typedAmount } from '#web/lib/typed-amount.ts';
import { useFormMutation } from '#web/lib/use-form-mutation.ts';
import { type AdminPayment, adoptPayment } from './admin-payment.ts';
import { DecisionFrame } from './decision-frame.tsx';
import { usePaymentWords } from './payment-words.ts';
import { useStandingAfterRefusal } from './use-standing-after-refusal.ts';

/** Says how much has arrived and what follows from it, before it counts. */
export function ApproveForm({
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
  const asked = amountText(payment.amount, payment.currency);
  const amountOf = (typed: string) => typedAmount(typed, payment.currency);
  const form = useForm({
    initialValues: { amount: asked, note: '' },
    validate: { amount: (typed) => ((amountOf(typed) ?? 0) > 0 ? null : texts.approveAmountNeeded(asked)) },
  });
  const amount = amountOf(form.values.amount);
  const approve = useFormMutation({
    form,
    send: ({ amount: typed, note }) => {
      const body = { amount: amountOf(typed) ?? payment.amount, ...(note.trim() === '' ? {} : { note: note.trim() }) };
      return api('approvePayment', { params: { id: payment.id }, body, idempotencyKey: keyOf(body) });
    },
    onSuccess: async (decided) => {
      showToast({
        tone: 'good',
        message: texts.approved(words.amount(decided.amount_received, payment), payment.account.name),
      });
      onDecided();
      await adoptPayment(queryClient, decided);
    },
  });
  useStandingAfterRefusal(payment, approve.error);
  return (
    <DecisionFrame title={texts.approve} onBack={onBack}>
      <form onSubmit={approve.submit} noValidate>
        <Stack gap="md">
          {approve.error !== null && <ErrorState error={approve.error} compact />}
          <Group align="flex-start" grow preventGrowOverflow={false}>
            <TextInput
              label={`${texts.approveAmount} (${payment.currency})`}
              description={texts.approveAmountHint(words.amount(payment.amount, payment))}
              inputMode="decimal"
              autoComplete="off"
              maxLength={20}
              miw={220}
              data-autofocus
              {...form.getInputProps('amount')}
            />
            <TextInput
              label={texts.approveNote}
              description={texts.approveNoteHint}
              autoComplete="off"
              maxLength={500}
              miw={220}
              {...form.getInputProps('note')}
            />
          </Group>
          <Consequence payment={payment} amount={amount} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onBack} disabled={approve.isPending}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={approve.isPending}>
              {texts.approveConfirm(words.amount(amount ?? payment.amount, payment))}
            </Button>
          </Group>
        </Stack>
      </form>
    </DecisionFrame>
  );
}

function Consequence({ payment, amount }: { payment: AdminPayment; amount: number | null }) {
  const texts = useTexts().adminPayments;
  const words = usePaymentWords();
  if (amount === null || amount <= 0) return null;
  const received = words.amount(amount, payment);
  const invoices = words.invoices(payment);
  const missing = payment.amount - amount;
  return (
    <Text size="sm" aria-live="polite">
      {missing === 0 && texts.approveInFull(received, invoices)}
      {missing > 0 && texts.approveInPart(received, words.amount(missing, payment), invoices)}
      {missing < 0 && texts.approveTooMuch(received, words.amount(-missing, payment))}
    </Text>
  );
}

import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { ErrorState } from '#web/components/error-state.tsx';
import { showToast } from '#web/components/toasts.tsx';
import { decimalText, type Money, money } from '#shared/money/index.ts';
import { api } from '#web/lib/api.ts';
import { moneyFromWire } from '#web/lib/format.ts';
import { useIdempotencyKey } from '#web/lib/idempotency-key.ts';
import { useTexts } from '#web/lib/reader.ts';
import { moneyOnWire, typedMoney } from '#web/lib/typed-money.ts';
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
  const asked = moneyFromWire(payment.amount, payment.currency);
  const amountOf = (typed: string) => typedMoney(typed, asked.currency);
  const form = useForm({
    initialValues: { amount: decimalText(asked), note: '' },
    validate: { amount: (typed) => (isSome(amountOf(typed)) ? null : texts.approveAmountNeeded(decimalText(asked))) },
  });
  const amount = amountOf(form.values.amount);
  const approve = useFormMutation({
    form,
    send: ({ amount: typed, note }) => {
      const body = {
        amount: moneyOnWire(amountOf(typed) ?? asked),
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      };
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
              description={texts.approveAmountHint(words.money(asked))}
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
          {amount !== null && isSome(amount) && <Consequence payment={payment} asked={asked} received={amount} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onBack} disabled={approve.isPending}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={approve.isPending}>
              {texts.approveConfirm(words.money(amount ?? asked))}
            </Button>
          </Group>
        </Stack>
      </form>
    </DecisionFrame>
  );
}

function isSome(amount: Money | null): boolean {
  return amount !== null && amount.amountMinor > 0n;
}

function Consequence({ payment, asked, received }: { payment: AdminPayment; asked: Money; received: Money }) {
  const texts = useTexts().adminPayments;
  const words = usePaymentWords();
  const invoices = words.invoices(payment);
  const missing = asked.amountMinor - received.amountMinor;
  const difference = words.money(money(missing < 0n ? -missing : missing, asked.currency));
  return (
    <Text size="sm" aria-live="polite">
      {missing === 0n && texts.approveInFull(words.money(received), invoices)}
      {missing > 0n && texts.approveInPart(words.money(received), difference, invoices)}
      {missing < 0n && texts.approveTooMuch(words.money(received), difference)}
    </Text>
  );
}

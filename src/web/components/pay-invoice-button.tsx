import { Button, type ButtonProps } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { showToast } from '#web/components/toasts.tsx';
import { api } from '#web/lib/api.ts';
import { moneyFromWire } from '#web/lib/format.ts';
import { useIdempotencyKey } from '#web/lib/idempotency-key.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import type { InvoiceSummary } from '#web/lib/invoice-state.ts';

/** Starts paying an invoice nobody is paying yet, and goes on where payments are finished. */
export function PayInvoiceButton({
  invoice,
  ...look
}: { invoice: InvoiceSummary } & Pick<ButtonProps, 'size' | 'variant'>) {
  const texts = useTexts().invoices;
  const format = useFormat();
  const mayPay = useIsAllowed('invoices.pay');
  const keyFor = useIdempotencyKey();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const pay = useMutation({
    mutationFn: async () => {
      const [option] = (await api('listPaymentMethods')).data;
      if (option === undefined) throw new Error(texts.noWayToPay);
      const body = { payment_method: option.method };
      const params = { id: invoice.id };
      return await api('payInvoice', { params, body, idempotencyKey: keyFor({ ...params, ...body }) });
    },
    onSuccess: async (purchase) => {
      await queries.invalidateQueries();
      await navigate({ to: '/account/credits/purchase', search: { payment: purchase.payment.id } });
    },
    onError: (failure) => showToast({ tone: 'bad', message: failure.message }),
  });
  if (!mayPay || invoice.status !== 'pending' || invoice.open_payment_id !== null) return null;
  const amount = format.money(moneyFromWire(invoice.amount_due, invoice.currency));
  return (
    <Button
      {...look}
      loading={pay.isPending}
      aria-label={texts.payOf(invoice.number ?? texts.draftNumber, amount)}
      onClick={() => pay.mutate()}
    >
      {texts.pay(amount)}
    </Button>
  );
}

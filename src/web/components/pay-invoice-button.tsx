import type { ButtonProps } from '@mantine/core';
import { ButtonLink } from '#web/components/links.tsx';
import { moneyFromWire } from '#web/lib/format.ts';
import { type InvoiceSummary, isPayable, isUnderWay } from '#web/lib/invoice-state.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { useIsAllowed } from '#web/lib/session.ts';

/**
 * Leads to where an invoice is paid by any method: begins there, goes on with the payment that is open, or shows how the
 * one stands whose money is on its way. Nothing where nothing is due, or the reader may not pay.
 */
export function PayInvoiceButton({
  invoice,
  ...look
}: { invoice: InvoiceSummary } & Pick<ButtonProps, 'size' | 'variant'>) {
  const texts = useTexts().invoices;
  const format = useFormat();
  const mayPay = useIsAllowed('invoices.pay');
  const number = invoice.number ?? texts.draftNumber;
  if (!mayPay) return null;
  if (invoice.open_payment_id !== null) {
    const underWay = isUnderWay(invoice);
    return (
      <ButtonLink
        {...look}
        {...(underWay ? { variant: 'default' } : {})}
        to="/account/credits/purchase"
        search={{ payment: invoice.open_payment_id }}
        aria-label={underWay ? texts.showPaymentOf(number) : texts.finishPaymentOf(number)}
      >
        {underWay ? texts.showPayment : texts.finishPayment}
      </ButtonLink>
    );
  }
  if (!isPayable(invoice)) return null;
  const amount = format.money(moneyFromWire(invoice.amount_due, invoice.currency));
  return (
    <ButtonLink
      {...look}
      to="/account/credits/purchase"
      search={{ invoices: invoice.id }}
      aria-label={texts.payOf(number, amount)}
    >
      {texts.pay(amount)}
    </ButtonLink>
  );
}

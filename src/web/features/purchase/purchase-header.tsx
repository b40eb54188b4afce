import { PageHeader } from '#web/components/page-header.tsx';
import type { InvoiceSummary } from '#web/lib/invoice-state.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';

/** What the page is for: a purchase, or the invoices that wait for their payment, none while they are still read. */
export function PurchaseHeader({ invoices = null }: { invoices?: readonly InvoiceSummary[] | null }) {
  const texts = useTexts().purchase;
  const format = useFormat();
  if (invoices === null) return <PageHeader title={texts.title} description={texts.lead} />;
  const [first, ...others] = invoices;
  if (first === undefined) return <PageHeader title={texts.payInvoicesTitle} />;
  const title =
    others.length > 0 ? texts.paySeveralTitle(format.count(invoices.length)) : texts.payTitle(first.number ?? '');
  return <PageHeader title={title} />;
}

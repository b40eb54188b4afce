import { PageHeader } from '#web/components/page-header.tsx';
import { useTexts } from '#web/lib/reader.ts';

/** What the page is for: a purchase, or the invoice of that number, which waits for its payment. */
export function PurchaseHeader({ invoiceToPay = null }: { invoiceToPay?: string | null }) {
  const texts = useTexts().purchase;
  if (invoiceToPay !== null) return <PageHeader title={texts.payTitle(invoiceToPay)} />;
  return <PageHeader title={texts.title} description={texts.lead} />;
}

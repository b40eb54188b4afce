import { PageHeader } from '#web/components/page-header.tsx';
import { useTexts } from '#web/lib/reader.ts';

/** /admin/payment-methods: for staff, the ways to pay of every country. */
export function OptionsPage() {
  const texts = useTexts().paymentOptions;
  return <PageHeader title={texts.title} description={texts.description} />;
}

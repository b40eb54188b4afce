import { useNavigate, useSearch } from '@tanstack/react-router';
import { BillingPage } from '#web/features/billing/billing-page.tsx';
import { InvoiceList } from '#web/features/invoices/invoice-list.tsx';

/** Plans & Billing with the invoices in its history tab: where the two features meet. */
export function BillingRoute() {
  const search = useSearch({ from: '/house/account/account/billing' });
  const navigate = useNavigate();
  const { tab, ...invoices } = search;
  return (
    <BillingPage
      tab={tab ?? 'credits'}
      onTab={(next) => void navigate({ to: '/account/billing', search: { tab: next }, replace: true })}
      history={
        <InvoiceList
          search={invoices}
          filters="status"
          onSearch={(next, options) =>
            void navigate({
              to: '/account/billing',
              search: { ...next, tab: 'history' },
              replace: options?.replace ?? false,
            })
          }
        />
      }
    />
  );
}

import { useNavigate, useSearch } from '@tanstack/react-router';
import { AlertsSections } from '#web/features/alerts/alerts-sections.tsx';
import { BillingPage } from '#web/features/billing/billing-page.tsx';
import { CreditsTab } from '#web/features/credits/credits-tab.tsx';
import { statementSearch } from '#web/features/credits/statement-search.ts';
import { InvoiceList } from '#web/features/invoices/invoice-list.tsx';
import { invoicesSearch } from '#web/features/invoices/invoices-search.ts';

/** Plans & Billing with the credits and the invoices in its tabs: where the features meet. */
export function BillingRoute() {
  const search = useSearch({ from: '/house/account/account/billing' });
  const navigate = useNavigate();
  return (
    <BillingPage
      tab={search.tab ?? 'credits'}
      onTab={(next) =>
        void navigate({ to: '/account/billing', search: next === 'history' ? { tab: next } : {}, replace: true })
      }
      credits={
        <CreditsTab
          alerts={<AlertsSections />}
          search={statementSearch(search)}
          onSearch={(next, options) =>
            void navigate({
              to: '/account/billing',
              search: next,
              replace: options?.replace ?? false,
              resetScroll: false,
            })
          }
        />
      }
      history={
        <InvoiceList
          search={invoicesSearch(search)}
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

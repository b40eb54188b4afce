import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { BillingRouteSearch } from '#web/app/billing-route-search.ts';
import { AlertsSections } from '#web/features/alerts/alerts-sections.tsx';
import { BillingPage } from '#web/features/billing/billing-page.tsx';
import type { BillingTab } from '#web/features/billing/billing-search.ts';
import { CreditsTab } from '#web/features/credits/credits-tab.tsx';
import { statementSearch } from '#web/features/credits/statement-search.ts';
import { InvoiceList } from '#web/features/invoices/invoice-list.tsx';
import { invoicesSearch } from '#web/features/invoices/invoices-search.ts';
import { SavedMethodsTab } from '#web/features/saved-methods/saved-methods-tab.tsx';

/** Plans & Billing with the credits, the invoices and the payment methods in its tabs: where the features meet. */
export function BillingRoute() {
  const search = useSearch({ from: '/house/account/account/billing' });
  const navigate = useNavigate();
  const forgetSetup = useCallback(
    () => void navigate({ to: '/account/billing', search: { tab: 'methods' }, replace: true }),
    [navigate],
  );
  return (
    <BillingPage
      tab={search.tab ?? 'credits'}
      onTab={(next) => void navigate({ to: '/account/billing', search: searchOf(next), replace: true })}
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
      methods={
        <SavedMethodsTab
          returnedSetup={search.tab === 'methods' ? (search.setup ?? null) : null}
          onReturnSeen={forgetSetup}
        />
      }
    />
  );
}

function searchOf(tab: BillingTab): BillingRouteSearch {
  return tab === 'credits' ? {} : { tab };
}

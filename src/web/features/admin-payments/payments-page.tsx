import { Card, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Badge } from '@mantine/core';
import { PageHeader } from '#web/components/page-header.tsx';
import { useTexts } from '#web/lib/reader.ts';
import { DisputeList } from './dispute-list.tsx';
import { PaymentDialog } from './payment-dialog.tsx';
import { PaymentList } from './payment-list.tsx';
import { changed, type PaymentsSearch, type PaymentsView, viewed } from './payments-search.ts';
import { useListKeys } from './use-list-keys.ts';
import { usePayments } from './use-payments.ts';
import { waitingCountQuery } from './waiting-count.ts';

const views = ['waiting', 'all', 'attention', 'disputes'] as const satisfies readonly PaymentsView[];

/** /admin/payments: for staff, every payment: those that wait for approval first. */
export function PaymentsPage() {
  const texts = useTexts().adminPayments;
  const search = useSearch({ from: '/house/admin/payments' });
  const navigate = useNavigate();
  const go = (next: PaymentsSearch, options?: { replace?: boolean }) =>
    void navigate({ to: '/admin/payments', search: next, replace: options?.replace ?? false });
  const view = search.view ?? 'waiting';
  const payments = usePayments(search);
  const rows = payments.data?.pages.flatMap((page) => page.data) ?? [];
  useListKeys(search.payment === undefined && view !== 'disputes');
  return (
    <>
      <PageHeader title={texts.title} description={texts.description} />
      <Tabs
        value={view}
        keepMounted={false}
        onChange={(chosen) => go(viewed(search, views.find((known) => known === chosen) ?? 'waiting'))}
      >
        <Tabs.List mb="lg">
          {views.map((name) => (
            <Tabs.Tab key={name} value={name} {...(name === 'waiting' ? { rightSection: <WaitingCount /> } : {})}>
              {texts.views[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {views.map((name) => (
          <Tabs.Panel key={name} value={name}>
            <Card padding={0}>
              {name === 'disputes' ? (
                <DisputeList search={search} onSearch={go} />
              ) : (
                <PaymentList search={search} onSearch={go} payments={payments} />
              )}
            </Card>
          </Tabs.Panel>
        ))}
      </Tabs>
      <PaymentDialog
        paymentId={search.payment}
        rows={view === 'disputes' ? [] : rows}
        movesOn={view === 'waiting'}
        onOpen={(payment) => go(changed(search, { payment }), { replace: search.payment !== undefined })}
        onAccount={(account) => go({ view: 'all', account })}
      />
    </>
  );
}

function WaitingCount() {
  const waiting = useQuery(waitingCountQuery()).data;
  if (waiting === undefined || waiting.count === 0) return null;
  return (
    <Badge size="sm" color="yellow" className="figures">
      {waiting.isMore ? `${String(waiting.count)}+` : waiting.count}
    </Badge>
  );
}

import { Skeleton, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { EmptyState } from '#web/components/empty-state.tsx';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconCart, IconLock } from '#web/components/icons.tsx';
import { endpointQuery } from '#web/lib/query.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { useIsAllowed, useSession } from '#web/lib/session.ts';
import { isPayableHere } from './method-choices.ts';
import { PurchaseDesk } from './purchase-desk.tsx';
import { PurchaseHeader } from './purchase-header.tsx';

/**
 * /account/credits/purchase: choose a package or come with invoices, pay, see the credits. The desk is for those who may
 * pay, once there is something to pay and a way to do it.
 */
export function PurchasePage() {
  const { account } = useSession();
  const search = useSearch({ from: '/house/account/account/credits/purchase' });
  // What is owed can be paid where nothing can be bought: without packages, and by a suspended account.
  const isOwed = search.payment !== undefined || search.invoices !== undefined;
  const mayBuy = useIsAllowed('credits.purchase');
  const mayPay = useIsAllowed('invoices.pay');
  const mayUse = isOwed ? mayPay : mayBuy;
  const keepsMethods = useIsAllowed('saved_methods.read');
  const packages = useQuery({ ...endpointQuery('listCreditPackages'), enabled: mayBuy });
  const methods = useQuery({ ...endpointQuery('listPaymentMethods'), enabled: mayUse });
  const saved = useQuery({ ...endpointQuery('listSavedMethods'), enabled: mayUse && keepsMethods });
  if (account === null || !mayUse) return <ClosedDesk reason="notAllowed" />;
  if (account.status !== 'active' && !isOwed) return <ClosedDesk reason="suspended" />;
  const failed = [packages, methods].find((query) => query.isError && query.data === undefined);
  if (failed) {
    return (
      <>
        <PurchaseHeader />
        <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
      </>
    );
  }
  // Without what is saved the page still works, so that nobody waits for it who cannot have it.
  const isLoading = (mayBuy && packages.isPending) || methods.data === undefined || saved.isLoading;
  if (isLoading) return <PurchaseSkeleton />;
  const offers = (packages.data?.data ?? []).toSorted((left, right) => left.sort_order - right.sort_order);
  const options = methods.data.data.filter(isPayableHere).toSorted((left, right) => left.sort_order - right.sort_order);
  if (offers.length === 0 && !isOwed) return <ClosedDesk reason="noPackages" />;
  // A payment that is under way is shown, whatever else could be paid by.
  if (options.length === 0 && search.payment === undefined) {
    return <ClosedDesk reason="noMethods" country={methods.data.country} />;
  }
  return (
    <PurchaseDesk
      accountId={account.id}
      offers={offers}
      options={options}
      saved={saved.data?.data ?? []}
      addable={(saved.data?.addable ?? []).map(({ method }) => method)}
      onPricesStale={() => void packages.refetch()}
    />
  );
}

type ClosedDeskProps =
  | { readonly reason: 'notAllowed' | 'suspended' | 'noPackages' }
  | { readonly reason: 'noMethods'; readonly country: string };

/** Why nothing can be bought here, and whom to ask. */
function ClosedDesk(props: ClosedDeskProps) {
  const texts = useTexts().purchase;
  const format = useFormat();
  const detail = props.reason === 'noMethods' ? texts.noMethods(format.country(props.country)) : texts[props.reason];
  const Icon = props.reason === 'notAllowed' || props.reason === 'suspended' ? IconLock : IconCart;
  return (
    <>
      <PurchaseHeader />
      <EmptyState Icon={Icon} title={texts[`${props.reason}Title`]} detail={detail} />
    </>
  );
}

function PurchaseSkeleton() {
  return (
    <>
      <PurchaseHeader />
      <Stack gap="xl" role="status" aria-label={useTexts().common.loading}>
        <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
          {[1, 2, 3, 4].map((card) => (
            <Skeleton key={card} height={240} radius="lg" />
          ))}
        </SimpleGrid>
        <Skeleton height={180} radius="lg" />
      </Stack>
    </>
  );
}

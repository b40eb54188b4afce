import { Skeleton, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '#web/components/empty-state.tsx';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconCart, IconLock } from '#web/components/icons.tsx';
import { endpointQuery } from '#web/lib/query.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { useIsAllowed, useSession } from '#web/lib/session.ts';
import { isPayableHere } from './method-picker.tsx';
import { PurchaseDesk } from './purchase-desk.tsx';
import { PurchaseHeader } from './purchase-header.tsx';

/**
 * /account/credits/purchase: choose a package, pay, see the credits. The desk is for those who may buy, once there is
 * something to buy and a way to pay for it.
 */
export function PurchasePage() {
  const { account } = useSession();
  const mayBuy = useIsAllowed('credits.purchase');
  const packages = useQuery({ ...endpointQuery('listCreditPackages'), enabled: mayBuy });
  const methods = useQuery({ ...endpointQuery('listPaymentMethods'), enabled: mayBuy });
  if (account === null || !mayBuy) return <ClosedDesk reason="notAllowed" />;
  if (account.status !== 'active') return <ClosedDesk reason="suspended" />;
  const failed = [packages, methods].find((query) => query.isError && query.data === undefined);
  if (failed) {
    return (
      <>
        <PurchaseHeader />
        <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
      </>
    );
  }
  if (packages.data === undefined || methods.data === undefined) return <PurchaseSkeleton />;
  const offers = packages.data.data.toSorted((left, right) => left.sort_order - right.sort_order);
  const options = methods.data.data.filter(isPayableHere).toSorted((left, right) => left.sort_order - right.sort_order);
  const [firstOffer] = offers;
  const [firstOption] = options;
  if (firstOffer === undefined) return <ClosedDesk reason="noPackages" />;
  if (firstOption === undefined) return <ClosedDesk reason="noMethods" country={methods.data.country} />;
  return (
    <PurchaseDesk
      accountId={account.id}
      offers={[firstOffer, ...offers.slice(1)]}
      options={[firstOption, ...options.slice(1)]}
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

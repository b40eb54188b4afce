import { Skeleton, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '#web/components/empty-state.tsx';
import { ErrorState } from '#web/components/error-state.tsx';
import { IconCart, IconLock } from '#web/components/icons.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { endpointQuery } from '#web/lib/query.ts';
import { useFormat, useTexts } from '#web/lib/reader.ts';
import { useIsAllowed, useSession } from '#web/lib/session.ts';
import { isPayableHere } from './method-picker.tsx';
import { PurchaseDesk } from './purchase-desk.tsx';

/** /account/credits/purchase: choose a package, pay, see the credits. */
export function PurchasePage() {
  const texts = useTexts().purchase;
  return (
    <>
      <PageHeader title={texts.title} description={texts.lead} />
      <PurchaseGate />
    </>
  );
}

/** Lets through to the desk whoever may buy, once there is something to buy and a way to pay for it. */
function PurchaseGate() {
  const texts = useTexts().purchase;
  const format = useFormat();
  const { account } = useSession();
  const mayBuy = useIsAllowed('credits.purchase');
  const packages = useQuery({ ...endpointQuery('listCreditPackages'), enabled: mayBuy });
  const methods = useQuery({ ...endpointQuery('listPaymentMethods'), enabled: mayBuy });
  if (account === null || !mayBuy) {
    return <EmptyState Icon={IconLock} title={texts.notAllowedTitle} detail={texts.notAllowed} />;
  }
  if (account.status !== 'active') {
    return <EmptyState Icon={IconLock} title={texts.suspendedTitle} detail={texts.suspended} />;
  }
  const failed = [packages, methods].find((query) => query.isError && query.data === undefined);
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  if (packages.data === undefined || methods.data === undefined) return <PurchaseSkeleton />;
  const offers = packages.data.data.toSorted((left, right) => left.sort_order - right.sort_order);
  const options = methods.data.data.filter(isPayableHere).toSorted((left, right) => left.sort_order - right.sort_order);
  const [firstOffer] = offers;
  const [firstOption] = options;
  if (firstOffer === undefined) {
    return <EmptyState Icon={IconCart} title={texts.noPackagesTitle} detail={texts.noPackages} />;
  }
  if (firstOption === undefined) {
    const country = format.country(methods.data.country);
    return <EmptyState Icon={IconCart} title={texts.noMethodsTitle} detail={texts.noMethods(country)} />;
  }
  return (
    <PurchaseDesk
      accountId={account.id}
      offers={[firstOffer, ...offers.slice(1)]}
      options={[firstOption, ...options.slice(1)]}
      onPricesStale={() => void packages.refetch()}
    />
  );
}

function PurchaseSkeleton() {
  return (
    <Stack gap="xl" role="status" aria-label={useTexts().common.loading}>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
        {[1, 2, 3, 4].map((card) => (
          <Skeleton key={card} height={240} radius="lg" />
        ))}
      </SimpleGrid>
      <Skeleton height={180} radius="lg" />
    </Stack>
  );
}

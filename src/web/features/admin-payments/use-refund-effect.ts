import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Money } from '#shared/money/index.ts';
import type { ApiResult } from '#web/lib/api.ts';
import { endpointQuery } from '#web/lib/query.ts';
import { moneyOnWire } from '#web/lib/typed-money.ts';
import type { AdminPayment } from './admin-payment.ts';

/** What a refund does, as the server has reckoned it. */
export type RefundEffectOnWire = ApiResult<'previewRefund'>;

const typingPauseMilliseconds = 250;

/**
 * What a refund of `amount` (null while none is typed) would do. The figures before stay while others are on
 * their way; `isAsking` says that they are not those of the amount yet.
 */
export function useRefundEffect(payment: AdminPayment, amount: Money | null) {
  const wanted = amount === null ? null : moneyOnWire(amount);
  const [settled] = useDebouncedValue(wanted, typingPauseMilliseconds);
  const query = useQuery({
    ...endpointQuery('previewRefund', {
      params: { id: payment.id },
      body: settled === null ? {} : { amount: settled },
    }),
    enabled: settled !== null,
    placeholderData: keepPreviousData,
    // Credits are spent all the time.
    staleTime: 0,
  });
  return {
    shown: amount === null ? undefined : query.data,
    isAsking: settled !== wanted || query.isFetching,
    error: query.error,
    askAgain: async () => {
      await query.refetch();
    },
  };
}

import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '#web/lib/api.ts';
import { useIsAllowed } from '#web/lib/session.ts';
import { askAgainIn, type Purchase, pollAsksGateway } from './payment-view.ts';

/**
 * The payment the page is about, kept up to date: asked when the page opens (and then through to the gateway, so that
 * a closed tab or a return from the bank finds the true state), when the window is looked at again, and over and over
 * while it waits for a gateway or for a person.
 */
export function usePayment(paymentId: string | undefined) {
  const mayConfirm = useIsAllowed('payments.confirm');
  const queryClient = useQueryClient();
  const query = paymentQuery(paymentId ?? '', mayConfirm);
  const result = useQuery({
    ...query,
    enabled: paymentId !== undefined,
    // Long enough that an answer just put into the cache is not asked for again, short enough to be the true state.
    staleTime: 2_000,
    refetchInterval: ({ state }) => (state.data === undefined ? false : askAgainIn(state.data, state.dataUpdateCount)),
  });
  return { ...result, answers: queryClient.getQueryState(query.queryKey)?.dataUpdateCount ?? 0 };
}

/**
 * Puts what the server has just said about a payment where `usePayment` finds it. A question still under way was asked
 * earlier: its answer is dropped, or an older state would replace this one.
 */
export function useRememberPayment(): (purchase: Purchase) => Promise<void> {
  const queryClient = useQueryClient();
  return async (purchase) => {
    const { queryKey } = paymentQuery(purchase.payment.id, true);
    await queryClient.cancelQueries({ queryKey });
    const isNew = queryClient.getQueryData(queryKey) === undefined;
    queryClient.setQueryData(queryKey, purchase);
    // It has brought an invoice that no list read before can hold.
    if (isNew) void queryClient.invalidateQueries({ queryKey: ['listInvoices'] });
  };
}

type Proofs = NonNullable<Purchase['payment']['transfer']>['proofs'];

/** Notes in what is known of a payment which proofs of its transfer there are by now. */
export function useChangeProofs(paymentId: string): (change: (known: Proofs) => Proofs) => Promise<void> {
  const queryClient = useQueryClient();
  return async (change) => {
    const { queryKey } = paymentQuery(paymentId, true);
    await queryClient.cancelQueries({ queryKey });
    queryClient.setQueryData(queryKey, (known): Purchase | undefined => {
      if (known === undefined || known.payment.transfer === null) return known;
      const transfer = { ...known.payment.transfer, proofs: change(known.payment.transfer.proofs) };
      return { ...known, payment: { ...known.payment, transfer } };
    });
  };
}

/** Everything that a payment's end changes is read anew. */
export async function forgetMoneyFigures(queryClient: QueryClient): Promise<void> {
  await Promise.all(
    ['getCreditBalance', 'listInvoices', 'getInvoice', 'getAccountSettings'].map((name) =>
      queryClient.invalidateQueries({ queryKey: [name] }),
    ),
  );
}

function paymentQuery(paymentId: string, mayConfirm: boolean) {
  const params = { id: paymentId };
  return queryOptions({
    queryKey: ['getPayment', { params }] as const,
    queryFn: async ({ client, queryKey, signal }): Promise<Purchase> => {
      const asked = client.getQueryState(queryKey)?.dataUpdateCount ?? 0;
      if (mayConfirm && pollAsksGateway(asked)) return await api('confirmPayment', { params, signal });
      const known = await api('getPayment', { params, signal });
      const mayGoOn = mayConfirm && known.next.type === 'resume';
      return mayGoOn ? await api('confirmPayment', { params, signal }) : known;
    },
  });
}

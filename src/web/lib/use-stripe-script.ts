import { useQuery } from '@tanstack/react-query';
import { useSession } from '#web/lib/session.ts';
import { stripeScript } from './stripe-script.ts';

/** Stripe.js for the key of a payment option, loaded once; `refetch` tries again after a failure. */
export function useStripeScript(publishableKey: string | null) {
  const { sandbox } = useSession();
  return useQuery({
    queryKey: ['stripe-script', publishableKey],
    queryFn: () => stripeScript(publishableKey ?? '', sandbox),
    enabled: publishableKey !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    // The object is Stripe's own and not data to be compared.
    structuralSharing: false,
    retry: false,
  });
}

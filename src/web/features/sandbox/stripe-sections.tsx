import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#web/components/error-state.tsx';
import { CardSkeleton } from '#web/components/skeletons.tsx';
import { EventsSection } from './events-section.tsx';
import { FaultsSection } from './faults-section.tsx';
import { stripeStateQuery } from './stripe-controls.ts';

/** The simulated gateway: its faults and what it did. */
export function StripeSections() {
  const state = useQuery(stripeStateQuery);
  if (state.data === undefined) {
    return state.isError ? (
      <ErrorState error={state.error} onRetry={() => void state.refetch()} />
    ) : (
      <CardSkeleton lines={5} />
    );
  }
  return (
    <>
      <FaultsSection faults={state.data.faults} held={state.data.held} />
      <EventsSection events={state.data.events} />
    </>
  );
}

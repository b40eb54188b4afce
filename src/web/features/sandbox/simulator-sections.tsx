import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#web/components/error-state.tsx';
import { CardSkeleton } from '#web/components/skeletons.tsx';
import { EventsSection } from './events-section.tsx';
import { FaultsSection } from './faults-section.tsx';
import { type Gateway, simulatorStateQuery } from './simulator-controls.ts';

/** A simulated gateway: its faults and what it did. */
export function SimulatorSections({ gateway }: { gateway: Gateway }) {
  const state = useQuery(simulatorStateQuery(gateway));
  if (state.data === undefined) {
    return state.isError ? (
      <ErrorState error={state.error} onRetry={() => void state.refetch()} />
    ) : (
      <CardSkeleton lines={5} />
    );
  }
  return (
    <>
      <FaultsSection gateway={gateway} faults={state.data.faults} held={state.data.held} />
      <EventsSection gateway={gateway} events={state.data.events} />
    </>
  );
}

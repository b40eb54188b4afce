import { type Consumed, refusalOf, type OperationUse } from '#server/modules/credits/index.ts';
import { type Actor, accountIdOf, authorize } from '#server/modules/team/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import type { App } from '../app.ts';
import { ledgerActorOf } from '../steps/ledger-actor.ts';

/** What became of one event: charged, now or before, or refused with a problem of its own. */
export type RecordedEvent = { readonly event: OperationUse } & (
  | { readonly consumed: Consumed; readonly problem: null }
  | { readonly consumed: null; readonly problem: DomainError }
);

/**
 * Charges many uses, each by itself and under its own key. They go through the same batches as single requests, so that
 * a large delivery never keeps the others waiting. Fails as a whole only when none could be judged.
 *
 * @throws DomainError when the database could not be asked about any of them
 */
export async function recordUsageEvents(
  app: App,
  actor: Actor,
  events: readonly OperationUse[],
  requestId: string | undefined,
): Promise<RecordedEvent[]> {
  authorize(actor, 'credits.consume');
  const common = { accountId: accountIdOf(actor), actor: ledgerActorOf(actor), requestId };
  const settled = await Promise.allSettled(events.map((event) => app.consumeBatch.consume({ ...common, ...event })));
  if (settled.every((one) => one.status === 'rejected')) throw settled[0]?.reason;
  return settled.map((one, index) => {
    const event = events[index];
    if (event === undefined) throw new Error('There is an outcome without an event.');
    if (one.status === 'rejected') {
      if (one.reason instanceof DomainError) return { event, consumed: null, problem: one.reason };
      throw one.reason;
    }
    if (one.value.status === 'consumed') return { event, consumed: one.value.consumed, problem: null };
    return { event, consumed: null, problem: refusalOf(one.value, event.operation) };
  });
}

import { safeInteger } from '#shared/contract/codecs.ts';
import { recordUsageEvents } from '#server/flows/usage/record-usage-events.ts';
import type { DomainError } from '#server/platform/errors/index.ts';
import { route } from '../route.ts';
import { operationUseOf } from './operation-use.ts';
import { presentConsumption } from './present-credits.ts';

export const recordUsageEventsRoute = route('recordUsageEvents', async (app, { actor, body, request }) => {
  const events = body.events.map((event) => operationUseOf(event, event.idempotency_key));
  const results = await recordUsageEvents(app, actor, events, request.id);
  const recorded = results.filter((result) => result.consumed !== null).length;
  return {
    recorded,
    refused: results.length - recorded,
    data: results.map(({ event, consumed, problem }) => ({
      idempotency_key: event.key,
      status: consumed === null ? ('refused' as const) : ('recorded' as const),
      consumption: consumed === null ? null : presentConsumption(event, consumed),
      problem: problem === null ? null : presentProblem(problem),
    })),
  };
});

/** The members a problem has beside the envelope of an answer of its own. */
function presentProblem(problem: DomainError) {
  const members = Object.entries(problem.members).map(([name, value]) => [
    name,
    typeof value === 'bigint' ? safeInteger(value) : value,
  ]);
  return { ...Object.fromEntries(members), code: problem.code, detail: problem.message };
}

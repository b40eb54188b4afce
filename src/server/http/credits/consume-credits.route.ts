import { consumeCredits } from '#server/flows/credits/consume-credits.ts';
import { route } from '../route.ts';
import { operationUseOf } from './operation-use.ts';
import { presentConsumption } from './present-credits.ts';

export const consumeCreditsRoute = route('consumeCredits', async (app, { actor, body, idempotencyKey, request }) => {
  const use = operationUseOf(body, idempotencyKey);
  return presentConsumption(use, await consumeCredits(app, actor, use, request.id));
});

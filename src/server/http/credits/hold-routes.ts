import { createHold } from '#server/flows/credits/create-hold.ts';
import { endHold } from '#server/flows/credits/end-hold.ts';
import { holdById } from '#server/modules/credits/index.ts';
import { accountIdOf } from '#server/modules/team/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { route, type Route } from '../route.ts';
import { operationUseOf } from './operation-use.ts';
import { presentEndedHold, presentHold } from './present-credits.ts';

const createHoldRoute = route('createHold', async (app, { actor, body, idempotencyKey, request }) => {
  const order = { ...operationUseOf(body, idempotencyKey), lifetimeMs: body.expires_in_seconds * 1_000 };
  const { hold, available, held } = await createHold(app, actor, order, request.id);
  return { ...presentHold(hold), balance: available, held };
});

const getHoldRoute = route('getHold', async (app, { actor, params }) => {
  const accountId = accountIdOf(actor);
  return presentHold(await inRead(app, { account: accountId }, (db) => holdById(db, accountId, params.id)));
});

const captureHoldRoute = route('captureHold', async (app, { actor, params, body, idempotencyKey, request }) => {
  const order = { id: params.id, key: idempotencyKey, requestId: request.id };
  return presentEndedHold(await endHold(app, actor, { ...order, as: 'captured', quantity: body.quantity }));
});

const releaseHoldRoute = route('releaseHold', async (app, { actor, params, idempotencyKey, request }) => {
  const order = { id: params.id, key: idempotencyKey, requestId: request.id };
  return presentEndedHold(await endHold(app, actor, { ...order, as: 'released' }));
});

/** The endpoints of holds. */
export const holdRoutes: readonly Route[] = [createHoldRoute, getHoldRoute, captureHoldRoute, releaseHoldRoute];

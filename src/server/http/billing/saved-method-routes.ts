import { addPaymentMethod } from '#server/flows/saved-methods/add-payment-method.ts';
import { confirmMethodSetup } from '#server/flows/saved-methods/confirm-method-setup.ts';
import { listSavableOptions } from '#server/flows/saved-methods/list-savable-options.ts';
import { removeSavedMethod } from '#server/flows/saved-methods/remove-saved-method.ts';
import { setDefaultMethod } from '#server/flows/saved-methods/set-default-method.ts';
import { accountIdOf } from '#server/modules/team/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { route } from '../route.ts';
import { presentSavedMethod, presentSavedMethods, presentSetup } from './present-saved-methods.ts';

const listSavedMethodsRoute = route('listSavedMethods', async (app, { actor }) => {
  const accountId = accountIdOf(actor);
  const addable = await listSavableOptions(app, accountId);
  return {
    data: await inRead(app, { account: accountId }, (db) => presentSavedMethods(app, db, accountId)),
    addable: addable.map((option) => ({
      method: option.method,
      display_name: option.displayName,
      publishable_key: app.gateways.get(option.gateway)?.publishableKey ?? null,
    })),
  };
});

const addPaymentMethodRoute = route('addPaymentMethod', async (app, { actor, body, idempotencyKey, bodyHash }) => {
  const request = { key: idempotencyKey, bodyHash };
  return await presentSetup(app, await addPaymentMethod(app, actor, { method: body.method, request }));
});

const confirmMethodSetupRoute = route('confirmMethodSetup', async (app, { actor, params }) => {
  const target = { accountId: accountIdOf(actor), setupId: params.id };
  return await presentSetup(app, await confirmMethodSetup(app, target, 'payer'));
});

const setDefaultMethodRoute = route('setDefaultMethod', async (app, { actor, params, request }) => {
  return await presentSavedMethod(app, await setDefaultMethod(app, actor, params.id, request.id));
});

const removeSavedMethodRoute = route('removeSavedMethod', async (app, { actor, params, request }) => {
  await removeSavedMethod(app, actor, params.id, request.id);
  return undefined;
});

/** The endpoints of saved payment methods. */
export const savedMethodRoutes = [
  listSavedMethodsRoute,
  addPaymentMethodRoute,
  confirmMethodSetupRoute,
  setDefaultMethodRoute,
  removeSavedMethodRoute,
] as const;

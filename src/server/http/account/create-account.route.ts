import { createAccount } from '#server/flows/account/create-account.ts';
import { route } from '../route.ts';
import { accountSettings } from './account-settings.ts';

export const createAccountRoute = route('createAccount', async (app, call) => {
  const { body } = call;
  const accountId = await createAccount(app, call.actor, {
    name: body.name,
    country: body.country,
    externalId: body.external_id,
    billingEmail: body.billing_email,
    currency: body.currency,
    timeZone: body.time_zone,
    locale: body.locale,
    idempotencyKey: call.idempotencyKey,
    bodyHash: call.bodyHash,
    requestId: call.request.id,
  });
  return await accountSettings(app, accountId);
});

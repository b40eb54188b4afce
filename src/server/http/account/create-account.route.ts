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
    address: {
      line1: body.billing_address?.line1,
      line2: body.billing_address?.line2,
      city: body.billing_address?.city,
      state: body.billing_address?.state,
      postalCode: body.billing_address?.postal_code,
      taxId: body.tax_id,
    },
    idempotencyKey: call.idempotencyKey,
    bodyHash: call.bodyHash,
    requestId: call.request.id,
  });
  return await accountSettings(app, accountId);
});

import { createApiKey } from '#server/flows/account/create-api-key.ts';
import { accountApiKey } from '#server/modules/accounts/index.ts';
import { accountIdOf } from '#server/modules/team/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { route } from '../route.ts';
import { presentApiKey } from './present-api-key.ts';

export const createAccountApiKeyRoute = route('createAccountApiKey', async (app, call) => {
  const accountId = accountIdOf(call.actor);
  const { id, key } = await createApiKey(app, call.actor, {
    for: 'account',
    name: call.body.name,
    scopes: call.body.scopes,
    idempotencyKey: call.idempotencyKey,
    bodyHash: call.bodyHash,
    requestId: call.request.id,
  });
  const stored = await inRead(app, { account: accountId }, (db) => accountApiKey(db, accountId, id));
  return { ...presentApiKey(stored), secret: key };
});

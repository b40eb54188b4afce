import { createApiKey } from '#server/flows/account/create-api-key.ts';
import { platformApiKey } from '#server/modules/accounts/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { presentApiKey } from '../account/present-api-key.ts';
import { route } from '../route.ts';

export const createPlatformApiKeyRoute = route('createPlatformApiKey', async (app, call) => {
  const { id, key } = await createApiKey(app, call.actor, {
    for: 'platform',
    name: call.body.name,
    scopes: call.body.scopes,
    idempotencyKey: call.idempotencyKey,
    bodyHash: call.bodyHash,
    requestId: call.request.id,
  });
  // System scope: keys of the platform belong to no account.
  const stored = await inRead(app, 'system', (db) => platformApiKey(db, id));
  return { ...presentApiKey(stored), secret: key };
});

import { platformApiKeys } from '#server/modules/accounts/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { presentApiKey } from '../account/present-api-key.ts';
import { route } from '../route.ts';

export const listPlatformApiKeysRoute = route('listPlatformApiKeys', async (app) => {
  // System scope: keys of the platform belong to no account.
  const keys = await inRead(app, 'system', platformApiKeys);
  return { data: keys.map(presentApiKey) };
});

import { accountApiKeys } from '#server/modules/accounts/index.ts';
import { accountIdOf } from '#server/modules/team/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { route } from '../route.ts';
import { presentApiKey } from './present-api-key.ts';

export const listAccountApiKeysRoute = route('listAccountApiKeys', async (app, { actor }) => {
  const accountId = accountIdOf(actor);
  const keys = await inRead(app, { account: accountId }, (db) => accountApiKeys(db, accountId));
  return { data: keys.map(presentApiKey) };
});

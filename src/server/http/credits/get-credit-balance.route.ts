import { creditBalanceOf } from '#server/modules/credits/index.ts';
import { accountIdOf } from '#server/modules/team/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { route } from '../route.ts';

export const getCreditBalanceRoute = route('getCreditBalance', async (app, { actor }) => {
  const accountId = accountIdOf(actor);
  const balance = await inRead(app, { account: accountId }, (db) => creditBalanceOf(db, accountId));
  return { ...balance, as_of: app.clock.now() };
});

import { accountById, findAccountByExternalId } from '#server/modules/accounts/index.ts';
import { creditBalanceOf } from '#server/modules/credits/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { NotFound } from '#server/platform/errors/index.ts';
import { uuidOfPublicId } from '#shared/ids/index.ts';
import { route } from '../route.ts';

const external = 'ext:';

export const getAccountCreditsRoute = route('getAccountCredits', async (app, { params }) => {
  // System scope: staff look at any account.
  const { account, balance } = await inRead(app, 'system', async (db) => {
    const uuid = uuidOfPublicId('acc', params.id);
    if (uuid === null && !params.id.startsWith(external)) throw new NotFound('account');
    const found =
      uuid === null ? await findAccountByExternalId(db, params.id.slice(external.length)) : await accountById(db, uuid);
    if (found === null) throw new NotFound('account');
    return { account: found, balance: await creditBalanceOf(db, found.id) };
  });
  return {
    account: { id: account.id, external_id: account.externalId, name: account.name, status: account.status },
    ...balance,
    as_of: app.clock.now(),
  };
});

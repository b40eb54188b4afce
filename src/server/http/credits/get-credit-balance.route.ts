import { balanceByKind, openHolds, unusedLots } from '#server/modules/credits/index.ts';
import { accountIdOf } from '#server/modules/team/index.ts';
import { inRead } from '#server/platform/db/index.ts';
import { route } from '../route.ts';
import { presentHold, presentLot } from './present-credits.ts';

/** How many lots and how many holds are shown. */
const shownMax = 100;

export const getCreditBalanceRoute = route('getCreditBalance', async (app, { actor }) => {
  const accountId = accountIdOf(actor);
  const now = app.clock.now();
  return await inRead(app, { account: accountId }, async (db) => {
    const kinds = await balanceByKind(db, accountId, now);
    return {
      available: kinds.reduce((sum, kind) => sum + kind.available, 0n),
      held: kinds.reduce((sum, kind) => sum + kind.held, 0n),
      by_kind: kinds.map(({ kind, available, held }) => ({ kind, available, held })),
      lots: (await unusedLots(db, accountId, now, shownMax)).map(presentLot),
      holds: (await openHolds(db, accountId, shownMax)).map(presentHold),
      as_of: now,
    };
  });
});

import { isSiteInUse } from '#server/modules/accounts/index.ts';
import { type OperationUse, SiteUnknown, UserNotMember } from '#server/modules/credits/index.ts';
import { isMember } from '#server/modules/team/index.ts';
import type { Db } from '#server/platform/db/index.ts';

/** Makes sure that a use is told to be of the account's own site and member. @throws SiteUnknown, UserNotMember */
export async function assertOwnSiteAndMember(
  db: Db,
  accountId: string,
  use: Pick<OperationUse, 'siteId' | 'userId'>,
): Promise<void> {
  if (use.siteId !== null && !(await isSiteInUse(db, accountId, use.siteId))) throw new SiteUnknown();
  if (use.userId !== null && !(await isMember(db, accountId, use.userId))) throw new UserNotMember();
}

import { autoTopUpOf, type MethodNeed } from '#server/modules/payments/index.ts';
import type { Db } from '#server/platform/db/index.ts';

/** What charges the default method of an account by itself. */
export async function needsOfDefault(db: Db, accountId: string): Promise<MethodNeed[]> {
  return (await autoTopUpOf(db, accountId))?.isOn === true ? ['auto_top_up'] : [];
}

import { endHold, HoldNotOpen } from '#server/modules/credits/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';

/** Gives back what a hold reserves whose time has run out; does nothing when it has ended meanwhile. */
export async function expireHold(app: App, hold: { readonly id: string; readonly accountId: string }): Promise<void> {
  const by = { actor: { type: 'system', id: null }, key: null, requestId: undefined } as const;
  try {
    await inTransaction(app, { account: hold.accountId }, (tx) => endHold(tx, app, hold, { status: 'expired' }, by));
  } catch (thrown) {
    if (!(thrown instanceof HoldNotOpen)) throw thrown;
  }
}

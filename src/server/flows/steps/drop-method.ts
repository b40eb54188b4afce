import { calendarDateIn } from '#shared/time/index.ts';
import { accountById } from '#server/modules/accounts/index.ts';
import { endSavedMethod, makeDefaultMethod, type SavedMethod, successorOf } from '#server/modules/payments/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';

/**
 * Takes a method from its account, whose methods are locked. If it was the default one, the newest other that can still
 * pay becomes it.
 *
 * @param methods all methods of the account, this one among them
 */
export async function dropMethod(
  app: App,
  tx: Tx,
  method: SavedMethod,
  methods: readonly SavedMethod[],
): Promise<void> {
  const now = app.clock.now();
  await endSavedMethod(tx, method.id, now);
  if (!method.isDefault) return;
  const { timeZone } = await accountById(tx, method.accountId);
  const others = methods.filter((other) => other.id !== method.id);
  const successor = successorOf(others, calendarDateIn(now, timeZone));
  if (successor !== null) await makeDefaultMethod(tx, method.accountId, successor.id);
}

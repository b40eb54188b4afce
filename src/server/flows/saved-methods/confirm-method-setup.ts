import type { App } from '../app.ts';
import { type SetupCause, type SetupTarget, type SyncedSetup, syncMethodSetup } from '../steps/sync-method-setup.ts';

export type { SyncedSetup } from '../steps/sync-method-setup.ts';

/**
 * Brings the saving of a method up to what its gateway says. The page and the timetable come here; only `cause` differs.
 *
 * @throws NotFound when the account has no such setup; GatewayUnavailable when the gateway does not answer
 */
export async function confirmMethodSetup(app: App, target: SetupTarget, cause: SetupCause): Promise<SyncedSetup> {
  return await syncMethodSetup(app, target, cause);
}

import type { App } from '../app.ts';
import { type RefundTarget, syncRefund } from '../steps/sync-refund.ts';

/** Asks the gateway what became of a refund whose outcome is not known yet. @throws GatewayUnavailable */
export async function checkRefund(app: App, target: RefundTarget): Promise<void> {
  await syncRefund(app, target, false);
}

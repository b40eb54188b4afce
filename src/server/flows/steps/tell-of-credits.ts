import { accountById } from '#server/modules/accounts/index.ts';
import { type AlertSubject, storeCreditAlert } from '#server/modules/credits/index.ts';
import type { EmailTemplateName } from '#server/modules/notifications/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { queueEmail } from './queue-email.ts';

/** The e-mail each kind of alert is told by. */
const templates = {
  low_balance: 'credits_low',
  included_used: 'credits_included_used',
  top_up_failed: 'top_up_failed',
  top_up_cap_reached: 'top_up_cap_reached',
} as const satisfies { readonly [kind in AlertSubject['kind']]: EmailTemplateName };

/**
 * Tells an account something about its credits, once per reason: the one place where an alert leaves, whatever raised
 * it and by whichever way it is told. It goes to the billing address.
 *
 * @param reasonKey derived from what happened, so that the second telling of the same changes nothing
 */
export async function tellOfCredits(
  app: App,
  tx: Tx,
  accountId: string,
  reasonKey: string,
  subject: AlertSubject,
): Promise<void> {
  const alertId = await storeCreditAlert(tx, app, { accountId, reasonKey, subject });
  if (alertId === null) return;
  const account = await accountById(tx, accountId);
  await queueEmail(app, tx, {
    template: templates[subject.kind],
    accountId,
    recipient: account.billingEmail,
    locale: account.locale,
    reasonKey: `credit_alert:${alertId}`,
    data: { alertId },
  });
}

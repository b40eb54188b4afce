import { accountById } from '#server/modules/accounts/index.ts';
import { creditAlertById, creditBalanceOf } from '#server/modules/credits/index.ts';
import {
  type EmailMessage,
  type EmailSeller,
  type RenderedEmail,
  renderEmail,
} from '#server/modules/notifications/index.ts';
import type { Db } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { paymentUrl, purchaseUrl } from './page-urls.ts';

/** Finds the words of a stored message about credits: what the account was told, and what it has now. */
export async function composeCreditEmail(
  app: App,
  db: Db,
  message: EmailMessage,
  seller: EmailSeller,
): Promise<RenderedEmail> {
  const { accountId, data } = message;
  if (accountId === null || data.alertId === undefined) throw new Error('The e-mail lacks the alert it is about.');
  const { subject } = await creditAlertById(db, accountId, data.alertId);
  const account = await accountById(db, accountId);
  const { available } = await creditBalanceOf(db, accountId);
  const common = { seller, recipientName: account.name, url: purchaseUrl(app), available };
  switch (subject.kind) {
    case 'low_balance':
      return renderEmail(
        'credits_low',
        { ...common, ...subject, available, fellTo: subject.available },
        message.locale,
      );
    case 'included_used':
      return renderEmail('credits_included_used', { ...common, ...subject }, message.locale);
    case 'top_up_failed': {
      const { paymentId } = subject;
      const url = paymentId === null ? common.url : paymentUrl(app, paymentId);
      return renderEmail(
        'top_up_failed',
        { ...common, ...subject, url, canBeFinished: paymentId !== null },
        message.locale,
      );
    }
    case 'top_up_cap_reached':
      return renderEmail('top_up_cap_reached', { ...common, ...subject }, message.locale);
  }
}

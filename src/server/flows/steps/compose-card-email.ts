import { accountById } from '#server/modules/accounts/index.ts';
import {
  type EmailMessage,
  type EmailSeller,
  type RenderedEmail,
  renderEmail,
} from '#server/modules/notifications/index.ts';
import { savedMethodById } from '#server/modules/payments/index.ts';
import type { Db } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { methodText } from './invoice-document.ts';
import { needsOfDefault } from './needs-of-default.ts';
import { savedMethodsUrl } from './page-urls.ts';

/** Finds the words of a stored message about a saved card that expires. */
export async function composeCardEmail(
  app: App,
  db: Db,
  message: EmailMessage,
  seller: EmailSeller,
): Promise<RenderedEmail> {
  const { accountId, data } = message;
  if (accountId === null || data.savedMethodId === undefined) throw new Error('The e-mail lacks the card it is about.');
  const method = await savedMethodById(db, accountId, data.savedMethodId);
  if (method.expiresOn === null) throw new Error('The e-mail is about a method that does not expire.');
  const { name } = await accountById(db, accountId);
  return renderEmail(
    'card_expiring',
    {
      seller,
      recipientName: name,
      methodText: methodText({ method: method.method, methodDetails: method.details }),
      expiresOn: method.expiresOn,
      isCharged: method.isDefault && (await needsOfDefault(db, accountId)).length > 0,
      url: savedMethodsUrl(app),
    },
    message.locale,
  );
}

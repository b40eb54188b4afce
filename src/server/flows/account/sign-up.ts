import { currencyForCountry } from '#server/modules/accounts/index.ts';
import { currenciesOnSale } from '#server/modules/catalog/index.ts';
import type { Client, StartedSession } from '#server/modules/identity/index.ts';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';
import { openAccount } from '../steps/open-account.ts';
import { queueTokenEmail } from '../steps/queue-token-email.ts';

/** Somebody who signs up, and the account they will own. */
export type SignUp = {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly accountName: string;
  readonly country: string;
  readonly timeZone: string | undefined;
  readonly locale: string | undefined;
  readonly client: Client;
  readonly requestId: string | undefined;
};

/**
 * Makes a user and an account the user owns, starts a session in it, and sends the verification e-mail. The user is
 * made first, by the sign-in library; should the process die before the account is, the user signs in without one and
 * is led to create it.
 *
 * @throws EmailTaken
 */
export async function signUp(app: App, input: SignUp): Promise<StartedSession> {
  const { name, email, password, client } = input;
  const offered = await inRead(app, 'system', currenciesOnSale);

  const started = await app.identity.signUp({ name, email, password }, client);
  const verification = await app.identity.verificationFor(started.user.id);

  const account = {
    id: app.ids.next(),
    externalId: null,
    name: input.accountName,
    billingEmail: started.user.email,
    country: input.country,
    currency: currencyForCountry(input.country, offered),
    timeZone: input.timeZone,
    locale: input.locale,
    ownerId: started.user.id,
  };

  await inTransaction(app, 'system', async (tx) => {
    await openAccount(app, tx, account, {
      actor: { type: 'user', id: started.user.id },
      requestId: input.requestId,
    });
    if (verification !== null) await queueTokenEmail(app, tx, 'verify_email', verification, input.locale ?? 'en');
  });
  await app.identity.setActiveAccount(started.sessionId, account.id);
  return started;
}

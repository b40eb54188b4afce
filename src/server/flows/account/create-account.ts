import type { Currency } from '#shared/money/index.ts';
import { type BillingAddress, CurrencyNotOffered, currencyForCountry } from '#server/modules/accounts/index.ts';
import { currenciesOnSale } from '#server/modules/catalog/index.ts';
import { type Actor, authorize, Forbidden, membershipsMax, membershipsOf } from '#server/modules/team/index.ts';
import { inRead, inTransaction } from '#server/platform/db/index.ts';
import { DomainError } from '#server/platform/errors/index.ts';
import {
  claimIdempotencyKey,
  findIdempotentResult,
  type IdempotentRequest,
} from '#server/platform/idempotency/index.ts';
import type { App } from '../app.ts';
import { openAccount } from '../steps/open-account.ts';

/** An account as it is asked for. */
export type CreateAccount = {
  readonly name: string;
  readonly country: string;
  readonly externalId: string | undefined;
  readonly billingEmail: string | undefined;
  readonly currency: string | undefined;
  readonly timeZone: string | undefined;
  readonly locale: string | undefined;
  readonly address: BillingAddress;
  readonly idempotencyKey: string;
  readonly bodyHash: Buffer;
  readonly requestId: string | undefined;
};

/** A member of the request that this kind of actor must give, or must not. */
class MemberRefused extends DomainError {
  constructor(member: string, message: string) {
    super('validation_failed', `${member} ${message}.`, { errors: [{ pointer: `/body/${member}`, message }] });
  }
}

/**
 * Creates an account. A platform key provisions a customer of the product, without an owner; a signed-in user gets a
 * further account and owns it. Answers the account's id, the same to every repetition of the request.
 *
 * @throws ExternalIdTaken, CurrencyNotOffered, MemberRefused, IdempotencyKeyReused, and what `authorize` throws
 */
export async function createAccount(app: App, actor: Actor, input: CreateAccount): Promise<string> {
  authorize(actor, 'accounts.create');
  const ownerId = actor.type === 'user' ? actor.id : null;
  const request: IdempotentRequest = {
    owner: ownerId === null ? 'platform' : `user:${ownerId}`,
    key: input.idempotencyKey,
    operation: 'createAccount',
    bodyHash: input.bodyHash,
  };

  // System scope here and below: the account does not exist yet, and its names are unique among all.
  const gathered = await inRead(app, 'system', async (db) => ({
    repeatedId: await findIdempotentResult(db, request),
    offered: await currenciesOnSale(db),
    hasRoom: ownerId === null || (await membershipsOf(db, ownerId)).length < membershipsMax,
  }));
  if (gathered.repeatedId !== null) return gathered.repeatedId;
  if (!gathered.hasRoom) {
    throw new Forbidden('accounts.create', `You belong to ${String(membershipsMax)} accounts, as many as a user can.`);
  }

  const account = {
    id: app.ids.next(),
    externalId: externalIdFor(ownerId, input),
    name: input.name,
    billingEmail: await billingEmailFor(app, ownerId, input),
    country: input.country,
    currency: currencyFor(input, gathered.offered),
    timeZone: input.timeZone,
    locale: input.locale,
    address: input.address,
    ownerId,
  };

  return await inTransaction(app, 'system', async (tx) => {
    const claim = { ...request, accountId: account.id, resultId: account.id, now: app.clock.now() };
    const claimed = await claimIdempotencyKey(tx, claim);
    if (!claimed.fresh) return claimed.resultId;
    await openAccount(app, tx, account, { actor, requestId: input.requestId });
    return account.id;
  });
}

/**
 * The id in the product is what a platform key finds an account by. A user who could choose it would be taken for
 * another customer of the product.
 */
function externalIdFor(ownerId: string | null, { externalId = null }: { externalId?: string | null | undefined }) {
  if (ownerId !== null && externalId !== null)
    throw new MemberRefused('external_id', 'is given by a platform key only');
  return externalId;
}

async function billingEmailFor(app: App, ownerId: string | null, input: CreateAccount): Promise<string> {
  if (input.billingEmail !== undefined) return input.billingEmail;
  const owner = ownerId === null ? null : await app.identity.userById(ownerId);
  if (owner === null) throw new MemberRefused('billing_email', 'must be given with a platform key');
  return owner.email;
}

function currencyFor(input: CreateAccount, offered: readonly Currency[]): Currency {
  if (input.currency === undefined) return currencyForCountry(input.country, offered);
  const currency = offered.find((known) => known === input.currency);
  if (currency === undefined) throw new CurrencyNotOffered(input.currency, offered);
  return currency;
}

import type { Contract } from '#shared/contract/contract.ts';
import type { HandlerOutput } from '#shared/contract/endpoint.ts';
import type { App } from '#server/flows/app.ts';
import { accountById } from '#server/modules/accounts/index.ts';
import { creditBalanceOf } from '#server/modules/credits/index.ts';
import { ownerOf } from '#server/modules/team/index.ts';
import { inRead } from '#server/platform/db/index.ts';

/** An account as its members and the product see it. @throws NotFound */
export async function accountSettings(
  app: App,
  accountId: string,
): Promise<HandlerOutput<Contract['getAccountSettings']>> {
  const { account, balance, ownerId } = await inRead(app, { account: accountId }, async (db) => ({
    account: await accountById(db, accountId),
    balance: await creditBalanceOf(db, accountId),
    ownerId: await ownerOf(db, accountId),
  }));
  const owner = ownerId === null ? null : await app.identity.userById(ownerId);
  return {
    id: account.id,
    external_id: account.externalId,
    name: account.name,
    slug: account.slug,
    status: account.status,
    owner: owner === null ? null : { id: owner.id, name: owner.name, email: owner.email },
    billing_email: account.billingEmail,
    billing_address: {
      line1: account.line1,
      line2: account.line2,
      city: account.city,
      state: account.state,
      postal_code: account.postalCode,
      country: account.country,
    },
    tax_id: account.taxId,
    tax_id_status: account.taxIdStatus,
    time_zone: account.timeZone,
    locale: account.locale,
    currency: account.currency,
    currency_fixed: account.currencyFixedAt !== null,
    credits_available: balance.available,
    created_at: account.createdAt,
  };
}

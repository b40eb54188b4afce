import type { Currency } from '#shared/money/index.ts';
import { type AuditActor, appendAudit } from '#server/modules/audit/index.ts';
import { type BillingAddress, insertAccount } from '#server/modules/accounts/index.ts';
import { openCreditBalance } from '#server/modules/credits/index.ts';
import { addMember } from '#server/modules/team/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { App } from '../app.ts';

/** An account about to be opened. */
export type AccountToOpen = {
  readonly id: string;
  /** The account's id in the product that is billed for. */
  readonly externalId: string | null;
  readonly name: string;
  readonly billingEmail: string;
  readonly country: string;
  readonly currency: Currency;
  readonly timeZone: string | undefined;
  readonly locale: string | undefined;
  readonly address?: BillingAddress;
  /** The user who will own it; null when the product provisions it. */
  readonly ownerId: string | null;
};

/** Opens an account with all it needs from the first day: its owner, an empty balance, and the entry that tells who did it. */
export async function openAccount(
  app: App,
  tx: Tx,
  account: AccountToOpen,
  by: { readonly actor: AuditActor; readonly requestId: string | undefined },
): Promise<void> {
  const now = app.clock.now();
  const { ownerId, timeZone = 'UTC', locale = 'en', address = {}, ...rest } = account;
  await insertAccount(tx, { ...rest, address, timeZone, locale, now });
  if (ownerId !== null) await addMember(tx, { accountId: account.id, userId: ownerId, role: 'owner', now });
  await openCreditBalance(tx, account.id);
  await appendAudit(tx, app, {
    accountId: account.id,
    actor: by.actor,
    action: 'account.created',
    subjectType: 'account',
    subjectId: account.id,
    details: {
      name: account.name,
      country: account.country,
      currency: account.currency,
      external_id: account.externalId,
    },
    requestId: by.requestId,
  });
}

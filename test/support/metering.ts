import type { CostRule } from '#server/modules/catalog/index.ts';
import { addCost, createOperation } from '#server/modules/catalog/index.ts';
import { insertAccount } from '#server/modules/accounts/index.ts';
import { grantCredits, type LotKind, openCreditBalance } from '#server/modules/credits/index.ts';
import { inTransaction, type Pool } from '#server/platform/db/index.ts';
import type { Source } from '#server/platform/ids/index.ts';

/** What these tests write with. */
type Writer = Source & { readonly pool: Pool };

/** An account with an empty balance. Answers its id. */
export async function makeAccount(app: Writer, timeZone = 'Europe/Berlin'): Promise<string> {
  const id = app.ids.next();
  const account = {
    id,
    externalId: null,
    name: `Account ${id}`,
    billingEmail: 'billing@example.com',
    country: 'DE',
    timeZone,
    locale: 'de',
    currency: 'EUR',
    address: {},
    now: app.clock.now(),
  } as const;
  await inTransaction(app, 'system', async (tx) => {
    await insertAccount(tx, account);
    await openCreditBalance(tx, id);
  });
  return id;
}

/** An operation with a cost for every variant. Answers its id. */
export async function makeOperation(
  app: Writer,
  code: string,
  rule: Partial<CostRule> = {},
  name = code,
): Promise<string> {
  const id = app.ids.next();
  await inTransaction(app, 'system', async (tx) => {
    await createOperation(tx, app, id, { code, name, description: '', unit: 'unit' });
    await addCost(tx, app, {
      id: app.ids.next(),
      operationId: id,
      variant: '',
      milliCreditsPerUnit: 1_000n,
      minimumCredits: 0n,
      rounding: 'up',
      effectiveFrom: null,
      createdBy: null,
      ...rule,
    });
  });
  return id;
}

/** Gives an account a lot of credits. */
export async function giveCredits(
  app: Writer,
  accountId: string,
  units: bigint,
  lot: { readonly kind?: LotKind; readonly expiresAt?: Date } = {},
): Promise<void> {
  await inTransaction(app, { account: accountId }, (tx) =>
    grantCredits(tx, app, {
      accountId,
      kind: lot.kind ?? 'purchased',
      units,
      expiresAt: lot.expiresAt ?? null,
      sourceType: 'test',
      sourceId: null,
      reasonKey: `test:${app.ids.next()}`,
      actorType: 'system',
      actorId: null,
    }),
  );
}

import type { App } from '../flows/app.ts';
import { openAccount } from '../flows/steps/open-account.ts';
import { makeStaff } from '../modules/identity/index.ts';
import { system } from '../modules/team/index.ts';
import { inTransaction } from '../platform/db/index.ts';

/** The password of every demo login. They exist in the sandbox alone. */
export const demoPassword = 'purser-demo';

/** The demo customer and the demo member of the staff. */
export const demoLogins = { owner: 'owner@example.com', staff: 'staff@example.com' } as const;

/** Makes the demo logins and the demo customer's account. Answers who and what. */
export async function seedPeople(app: App): Promise<{ readonly accountId: string; readonly ownerId: string }> {
  const person = { password: demoPassword, verified: true };
  const { user: owner } = await app.identity.ensureUser({ ...person, name: 'Nora Fields', email: demoLogins.owner });
  const { user: staff } = await app.identity.ensureUser({ ...person, name: 'Sam Ledger', email: demoLogins.staff });
  const accountId = app.ids.next();
  const account = {
    id: accountId,
    externalId: 'customer-1001',
    name: 'Fernwood Studio',
    billingEmail: demoLogins.owner,
    country: 'US',
    currency: 'USD',
    timeZone: 'America/New_York',
    locale: 'en-US',
    address: { line1: '48 Alder Lane', line2: 'Floor 3', city: 'Portland', state: 'OR', postalCode: '97205' },
    ownerId: owner.id,
  } as const;
  // Staff belong to no account.
  await inTransaction(app, 'system', async (tx) => {
    await openAccount(app, tx, account, { actor: system, requestId: undefined });
    await makeStaff(tx, { userId: staff.id, role: 'owner', now: app.clock.now() });
  });
  return { accountId, ownerId: owner.id };
}

import type { App } from '../flows/app.ts';
import { openAccount } from '../flows/steps/open-account.ts';
import { insertSite } from '../modules/accounts/index.ts';
import { makeStaff } from '../modules/identity/index.ts';
import { addMember, system } from '../modules/team/index.ts';
import { inTransaction } from '../platform/db/index.ts';

/** The password of every demo login. They exist in the sandbox alone. */
export const demoPassword = 'purser-demo';

/** The demo customer, a colleague of theirs, and the demo member of the staff. */
export const demoLogins = {
  owner: 'owner@example.com',
  member: 'member@example.com',
  staff: 'staff@example.com',
} as const;

/** The people and places of the sample data. */
export type SamplePeople = {
  readonly accountId: string;
  readonly ownerId: string;
  readonly memberId: string;
  readonly staffId: string;
  readonly siteIds: readonly string[];
};

/** Makes the demo logins and the demo customer's account with its sites. Answers who and what. */
export async function seedPeople(app: App): Promise<SamplePeople> {
  const person = { password: demoPassword, verified: true };
  const { user: owner } = await app.identity.ensureUser({ ...person, name: 'Nora Fields', email: demoLogins.owner });
  const { user: staff } = await app.identity.ensureUser({ ...person, name: 'Sam Ledger', email: demoLogins.staff });
  const { user: member } = await app.identity.ensureUser({ ...person, name: 'Ivo Marsh', email: demoLogins.member });
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
  const sites = [
    { id: app.ids.next(), name: 'Fernwood Journal', domain: 'journal.fernwood.example' },
    { id: app.ids.next(), name: 'Fernwood Shop', domain: 'shop.fernwood.example' },
  ];
  // Staff belong to no account.
  await inTransaction(app, 'system', async (tx) => {
    await openAccount(app, tx, account, { actor: system, requestId: undefined });
    const now = app.clock.now();
    await addMember(tx, { accountId, userId: member.id, role: 'member', now });
    for (const site of sites) await insertSite(tx, { ...site, accountId, now });
    await makeStaff(tx, { userId: staff.id, role: 'owner', now: app.clock.now() });
  });
  const siteIds = sites.map((site) => site.id);
  return { accountId, ownerId: owner.id, memberId: member.id, staffId: staff.id, siteIds };
}

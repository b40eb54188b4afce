import { type Role, roles, type StaffRole } from '#shared/contract/access.ts';
import { accountsByIds, type Account } from '#server/modules/accounts/index.ts';
import type { Db, Tx } from '#server/platform/db/index.ts';
import type { Actor } from './actor.ts';

/** An account a user belongs to, and as what. */
export type Membership = { readonly account: Account; readonly role: Role };

/** How many accounts a user can belong to. */
export const membershipsMax = 100;

/** The accounts a user belongs to, in the order they were joined. */
export async function membershipsOf(db: Db, userId: string): Promise<Membership[]> {
  const rows = await db
    .selectFrom('memberships')
    .select(['account_id', 'role'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('account_id')
    .limit(membershipsMax)
    .execute();
  const accounts = await accountsByIds(
    db,
    rows.map((row) => row.account_id),
  );
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return rows.flatMap((row) => {
    const account = byId.get(row.account_id);
    return account === undefined ? [] : [{ account, role: roleFrom(row.role) }];
  });
}

/** The user who owns an account; null for an account nobody has signed up for. */
export async function ownerOf(db: Db, accountId: string): Promise<string | null> {
  const row = await db
    .selectFrom('memberships')
    .select('user_id')
    .where('account_id', '=', accountId)
    .where('role', '=', 'owner')
    .executeTakeFirst();
  return row?.user_id ?? null;
}

/** Whether a user belongs to an account. */
export async function isMember(db: Db, accountId: string, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('memberships')
    .select('user_id')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Makes a user a member of an account. The database refuses a second owner. */
export async function addMember(
  tx: Tx,
  member: { accountId: string; userId: string; role: Role; now: Date },
): Promise<void> {
  await tx
    .insertInto('memberships')
    .values({ account_id: member.accountId, user_id: member.userId, role: member.role, created_at: member.now })
    .execute();
}

/**
 * The membership a session works in: the one chosen, or the first while none was. Null without any, and when the chosen
 * one is gone: nobody may find themselves working, or paying, in an account they did not choose.
 */
export function activeMembership(
  memberships: readonly Membership[],
  chosenAccountId: string | null,
): Membership | null {
  if (chosenAccountId === null) return memberships[0] ?? null;
  return memberships.find(({ account }) => account.id === chosenAccountId) ?? null;
}

/** A signed-in user as an actor in one of their accounts, or in none. */
export function actorOfUser(
  user: { readonly id: string; readonly emailVerified: boolean },
  membership: Membership | null,
  staffRole: StaffRole | null,
): Actor {
  const account = membership === null ? null : { id: membership.account.id, status: membership.account.status };
  return {
    type: 'user',
    id: user.id,
    account,
    role: membership?.role ?? null,
    staffRole,
    scopes: [],
    emailVerified: user.emailVerified,
  };
}

function roleFrom(word: string): Role {
  const role = roles.find((known) => known === word);
  if (role === undefined) throw new Error(`There is no role ${word}.`);
  return role;
}

import { type StaffRole, staffRoles } from '#shared/contract/access.ts';
import type { Db, Tx } from '#server/platform/db/index.ts';

/** The role of a user in the platform's staff; null for everybody else. Reads in system scope. */
export async function staffRoleOf(db: Db, userId: string): Promise<StaffRole | null> {
  const row = await db.selectFrom('staff').select('role').where('user_id', '=', userId).executeTakeFirst();
  return staffRoles.find((role) => role === row?.role) ?? null;
}

/** Makes a user a member of the staff, or gives a member another role. */
export async function makeStaff(tx: Tx, staff: { userId: string; role: StaffRole; now: Date }): Promise<void> {
  await tx
    .insertInto('staff')
    .values({ user_id: staff.userId, role: staff.role, created_at: staff.now })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ role: staff.role }))
    .execute();
}

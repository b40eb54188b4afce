import type { StaffRole } from '#shared/contract/access.ts';
import { makeStaff } from '#server/modules/identity/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { TestApi } from './test-api.ts';

const password = 'correct horse battery';

/** A new member of the staff, signed in. Answers the session's cookie. */
export async function signInStaff(api: TestApi, role: StaffRole): Promise<string> {
  const email = `${role}-${api.app.ids.next()}@staff.example`;
  const { user } = await api.app.identity.ensureUser({ name: `Staff ${role}`, email, password, verified: true });
  const staff = { userId: user.id, role, now: api.app.clock.now() };
  await inTransaction(api.app, 'system', (tx) => makeStaff(tx, staff));
  return (await api.call('signIn', { body: { email, password } })).cookie;
}

import type { StaffRole } from '#shared/contract/access.ts';
import { makeStaff } from '#server/modules/identity/index.ts';
import { inTransaction } from '#server/platform/db/index.ts';
import type { TestApi } from './test-api.ts';
import type { TestApp } from './test-app.ts';
import type { Caller } from './test-client.ts';

const password = 'correct horse battery';

/** A new member of the staff, signed in. Answers the session's cookie. */
export async function signInStaff(api: TestApi, role: StaffRole): Promise<string> {
  const email = `${role}-${api.app.ids.next()}@staff.example`;
  const { user } = await api.app.identity.ensureUser({ name: `Staff ${role}`, email, password, verified: true });
  const staff = { userId: user.id, role, now: api.app.clock.now() };
  await inTransaction(api.app, 'system', (tx) => makeStaff(tx, staff));
  return (await api.call('signIn', { body: { email, password } })).cookie;
}

/** A new member of the staff of an installation, signed in as a browser is. Staff belong to no account. */
export async function newStaff({ app, call }: TestApp, role: StaffRole = 'owner'): Promise<Caller> {
  const email = `${role}-${app.ids.next()}@staff.example`;
  const { user } = await app.identity.ensureUser({ name: 'Sam Ledger', email, password, verified: true });
  await inTransaction(app, 'system', (tx) => makeStaff(tx, { userId: user.id, role, now: app.clock.now() }));
  const { cookie } = await call('signIn', { body: { email, password } });
  return { headers: { cookie } };
}

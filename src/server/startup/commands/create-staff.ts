import { emailAddress } from '#shared/contract/codecs.ts';
import { staffRoles } from '#shared/contract/access.ts';
import { appendAudit } from '../../modules/audit/index.ts';
import { newApiKey } from '../../modules/accounts/index.ts';
import { makeStaff } from '../../modules/identity/index.ts';
import { system } from '../../modules/team/index.ts';
import { type Environment, StartupProblem } from '../../platform/config/index.ts';
import { inTransaction } from '../../platform/db/index.ts';
import { withApp } from './with-app.ts';

/**
 * Makes a member of the staff and prints the password; a user who exists already keeps theirs and gets the role.
 * @throws StartupProblem for an e-mail or a role that cannot be used
 */
export async function createStaff(environment: Environment, email: string, name: string, role: string): Promise<void> {
  const address = emailAddress.safeParse(email);
  if (!address.success) throw new StartupProblem('--email must be an e-mail address such as ada@example.com.');
  const staffRole = staffRoles.find((known) => known === role);
  if (staffRole === undefined) throw new StartupProblem(`--role must be one of ${staffRoles.join(', ')}.`);
  await withApp(environment, async (app) => {
    // As strong as a key, and as easy to copy.
    const password = newApiKey('live').slice(-24);
    const { user, isNew } = await app.identity.ensureUser({ name, email: address.data, password, verified: true });
    // Staff belong to no account.
    await inTransaction(app, 'system', async (tx) => {
      await makeStaff(tx, { userId: user.id, role: staffRole, now: app.clock.now() });
      await appendAudit(tx, app, {
        accountId: null,
        actor: system,
        action: 'staff.created',
        subjectType: 'user',
        subjectId: user.id,
        details: { email: user.email, role: staffRole },
      });
    });
    console.log(`${user.email} is staff with the role ${staffRole}.`);
    console.log(isNew ? `Password: ${password}` : 'The user existed already and keeps their password.');
  });
}

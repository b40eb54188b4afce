import { parseArgs } from 'node:util';
import { staffRoles } from '#shared/contract/access.ts';
import { createPlatformKey } from './startup/commands/create-platform-key.ts';
import { createStaff } from './startup/commands/create-staff.ts';
import { migrateDatabase } from './startup/commands/migrate-database.ts';
import { seedDatabase } from './startup/commands/seed-database.ts';
import { verifyDatabase } from './startup/commands/verify-database.ts';
import { StartupProblem } from './platform/config/index.ts';
import { runPurser } from './startup/run-purser.ts';
import { tellStartupProblem } from './startup/tell-startup-problem.ts';

const help = `Usage: npm run purser -- <command>

  start                      run Purser (the same as npm start)
  migrate [--dry-run]        bring the database up to date; --dry-run prints the SQL and changes nothing
  seed                       put sample data into an unused database, in the sandbox alone
  verify                     check that the books of a live database are in order, and name the rows that are not
  create-staff --email E --name N --role R
                             make a member of the staff (${staffRoles.join(', ')}) and print their password
  create-platform-key --name N --scope S [--scope S]
                             make an API key for your product and print it, once
`;

async function run(args: readonly string[]): Promise<void> {
  const { values, positionals } = readArguments(args);
  const [command, ...rest] = positionals;
  if (values.help === true || command === undefined) {
    console.log(help);
    return;
  }
  if (rest.length > 0) throw new StartupProblem(`“${rest.join(' ')}” is not understood.\n\n${help}`);
  switch (command) {
    case 'start':
      await runPurser(process.env);
      return;
    case 'migrate':
      await migrateDatabase(process.env, values['dry-run'] === true);
      return;
    case 'seed':
      await seedDatabase(process.env);
      return;
    case 'verify':
      if (!(await verifyDatabase(process.env))) process.exitCode = 1;
      return;
    case 'create-staff':
      await createStaff(process.env, needed(values, 'email'), needed(values, 'name'), needed(values, 'role'));
      return;
    case 'create-platform-key':
      await createPlatformKey(process.env, needed(values, 'name'), values.scope ?? []);
      return;
    default:
      throw new StartupProblem(`There is no command “${command}”.\n\n${help}`);
  }
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        'dry-run': { type: 'boolean' },
        email: { type: 'string' },
        name: { type: 'string' },
        role: { type: 'string' },
        scope: { type: 'string', multiple: true },
      },
    });
  } catch (thrown) {
    throw new StartupProblem(`${thrown instanceof Error ? thrown.message : String(thrown)}\n\n${help}`, {
      cause: thrown,
    });
  }
}

function needed(
  values: { readonly [name in 'email' | 'name' | 'role']?: string | undefined },
  name: 'email' | 'name' | 'role',
): string {
  const value = values[name];
  if (value === undefined || value.trim() === '') throw new StartupProblem(`--${name} is missing.\n\n${help}`);
  return value.trim();
}

run(process.argv.slice(2)).catch(tellStartupProblem);

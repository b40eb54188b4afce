import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { EmbeddedPostgresFailed } from './embedded-postgres-failed.ts';

/** The operating system's account under which the server runs when it is not our own. */
export type ServerAccount = { uid: number; gid: number };

const ACCOUNT_NAME = 'postgres';

/**
 * The account to run the server as, or null for our own. PostgreSQL refuses to run as root, so root gives it to the
 * owner of existing data (who may have started Purser before as an ordinary user), else to the user `postgres`, made if
 * absent.
 */
export function serverAccount(dataDirectory: string): ServerAccount | null {
  if (process.getuid?.() !== 0) return null;
  return ownerOfData(dataDirectory) ?? lookUp() ?? create();
}

/** Whether the account may run a shell test there, such as `cd` into a folder; our own account always may. */
export function accountMay(account: ServerAccount | null, test: 'cd' | 'test -r' | 'test -x', target: string): boolean {
  if (account === null) return true;
  return (
    spawnSync('/bin/sh', ['-c', `${test} "$1"`, 'sh', target], { ...account, cwd: '/', stdio: 'ignore' }).status === 0
  );
}

function ownerOfData(dataDirectory: string): ServerAccount | null {
  const found = statSync(path.join(dataDirectory, 'PG_VERSION'), { throwIfNoEntry: false });
  return found === undefined || found.uid === 0 ? null : { uid: found.uid, gid: found.gid };
}

function lookUp(): ServerAccount | null {
  const numberOf = (flag: '-u' | '-g'): number | null => {
    const answer = spawnSync('id', [flag, ACCOUNT_NAME], { encoding: 'utf8' });
    return answer.status === 0 ? Number(answer.stdout.trim()) : null;
  };
  const uid = numberOf('-u');
  const gid = numberOf('-g');
  return uid === null || gid === null ? null : { uid, gid };
}

function create(): ServerAccount {
  const searchPath = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', ACCOUNT_NAME], { env: { PATH: searchPath } });
  const made = lookUp();
  if (made !== null) return made;
  throw new EmbeddedPostgresFailed(
    `PostgreSQL does not run as root, and no user “${ACCOUNT_NAME}” could be created for it. ` +
      'Start Purser as an ordinary user, or set DATABASE_URL.',
  );
}

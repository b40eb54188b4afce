import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { type Lockfile, lockfileProblems } from './lockfile.ts';

const manifest = { dependencies: { money: '1.0.0' }, devDependencies: { linter: '2.0.0' } };

const lockfile: Lockfile = {
  packages: {
    '': manifest,
    'node_modules/money': { version: '1.0.0', integrity: 'sha512-a', dependencies: { digits: '^3.0.0' } },
    'node_modules/money/node_modules/digits': { version: '3.1.0', integrity: 'sha512-b', dependencies: { sign: '1' } },
    'node_modules/sign': { version: '1.0.0', integrity: 'sha512-c' },
    'node_modules/linter': {
      version: '2.0.0',
      integrity: 'sha512-d',
      optionalDependencies: { 'linter-linux': '2.0.0' },
      peerDependencies: { money: '1', editor: '1' },
      peerDependenciesMeta: { editor: { optional: true } },
    },
    'node_modules/linter-linux': { version: '2.0.0', integrity: 'sha512-e' },
  },
};

const without = (location: string): Lockfile => ({
  packages: Object.fromEntries(Object.entries(lockfile.packages).filter(([key]) => key !== location)),
});

test('a complete lockfile has no problems', () => {
  assert.deepEqual(lockfileProblems(manifest, lockfile), []);
});

test('an optional platform package that npm left out is found', () => {
  assert.deepEqual(lockfileProblems(manifest, without('node_modules/linter-linux')), [
    'node_modules/linter needs linter-linux, which is not in the lockfile.',
  ]);
});

test('a dependency missing above a nested package is found', () => {
  assert.deepEqual(lockfileProblems(manifest, without('node_modules/sign')), [
    'node_modules/money/node_modules/digits needs sign, which is not in the lockfile.',
  ]);
});

test('a changed, a new, a removed and a loose version in package.json are found', () => {
  const changed = { dependencies: { money: '1.0.1', fonts: '^4.0.0' } };
  assert.deepEqual(lockfileProblems(changed, lockfile), [
    'money@1.0.1 is not what the lockfile was made for.',
    'money@1.0.1 is locked as 1.0.0.',
    'fonts must be pinned to one version, not ^4.0.0.',
    'fonts@^4.0.0 is not what the lockfile was made for.',
    'fonts@^4.0.0 is locked as nothing.',
    'linter is in the lockfile and no longer in package.json.',
  ]);
});

test('a package that names its registry or lacks its hash is found', () => {
  const loose: Lockfile = {
    packages: {
      ...lockfile.packages,
      'node_modules/sign': { version: '1.0.0', resolved: 'https://registry.example/' },
    },
  };
  assert.deepEqual(lockfileProblems(manifest, loose), [
    'node_modules/sign has no integrity hash.',
    'node_modules/sign names the registry it came from.',
  ]);
});

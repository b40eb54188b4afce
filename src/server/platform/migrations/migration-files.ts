import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MigrationFailed } from './migration-failed.ts';

/** One numbered SQL file. */
export type MigrationFile = { name: string; sql: string; sha256: string };

/**
 * Reads the migrations of a directory in the order of their numbers.
 *
 * @throws MigrationFailed when an SQL file is not named `0001_what_it_does.sql` or a number is used twice.
 */
export function readMigrationFiles(directory: string): MigrationFile[] {
  const names = readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .toSorted();
  const nameOfNumber = new Map<string, string>();
  for (const name of names) {
    const number = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1];
    if (number === undefined) {
      throw new MigrationFailed(`${name} is not a name for a migration; they are called like 0001_what_it_does.sql.`);
    }
    const other = nameOfNumber.get(number);
    if (other !== undefined)
      throw new MigrationFailed(`Two migrations have the number ${number}: ${other} and ${name}.`);
    nameOfNumber.set(number, name);
  }
  return names.map((name) => {
    const sql = readFileSync(path.join(directory, name), 'utf8');
    return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
  });
}

import { verifyBooks } from '../../flows/reports/verify-books.ts';
import type { InvariantResult } from '../../modules/reports/index.ts';
import { ensureDataDirectory, type Environment, loadConfig, readEnvironment } from '../../platform/config/index.ts';
import { openPool } from '../../platform/db/index.ts';
import { reachDatabase, refuseOtherSchema } from '../open-database.ts';

/**
 * Checks the invariants of a live database and prints a line for each, and the rows that break it. Changes nothing.
 * Answers whether all of them hold. @throws StartupProblem when the database is of another version
 */
export async function verifyDatabase(environment: Environment): Promise<boolean> {
  const config = loadConfig(readEnvironment(process.cwd(), environment));
  ensureDataDirectory(config.dataDirectory);
  const database = await reachDatabase(config, () => undefined);
  try {
    await refuseOtherSchema(database);
    const pool = openPool(database.connections.app, 1);
    try {
      console.log(tableLine('check', 'rows looked at', 'problems'));
      const holds = await verifyBooks({ pool }, (result) => {
        for (const line of linesOf(result)) console.log(line);
      });
      console.log(holds ? '\nEverything holds.' : '\nThe books are not in order: see the rows above.');
      return holds;
    } finally {
      await pool.close();
    }
  } finally {
    await database.close();
  }
}

function linesOf({ name, rowsLookedAt, problems, offenders }: InvariantResult): string[] {
  const lines = offenders.map(({ subject, problem }) => `    ${subject}: ${problem}`);
  const unnamed = problems - BigInt(offenders.length);
  if (unnamed > 0n) lines.push(`    and ${String(unnamed)} more`);
  return [tableLine(name, String(rowsLookedAt), String(problems)), ...lines];
}

function tableLine(check: string, rows: string, found: string): string {
  return `${check.padEnd(54)}${rows.padStart(16)}${found.padStart(12)}`;
}

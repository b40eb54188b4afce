import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openApiDocument } from '#server/http/openapi.ts';
import { envExample } from '#server/platform/config/index.ts';
import { createTestDatabase } from '#test/support/test-database.ts';
import { startTestServer, stopTestServer, testServer } from '#test/support/test-server.ts';
import { builtClient } from './build-client.ts';
import { problemIndex } from './problem-index.ts';
import { repositoryRoot, runTool } from './run-tool.ts';
import { schemaSql } from './schema-sql.ts';

/** The files that are written by a program and committed, by their path from the root, each with its text. */
async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  await startTestServer();
  try {
    const database = await createTestDatabase();
    const url = testServer().url(database.name, 'purser_owner');
    return new Map([
      ['src/server/platform/db/schema.generated.ts', await tableTypes(url)],
      ['docs/schema.sql', await schemaSql(database.connections.owner)],
      ['docs/problems/README.md', problemIndex()],
      ['.env.example', envExample()],
      // As it is served at /v1/openapi.json.
      ['docs/openapi.json', `${JSON.stringify(openApiDocument(), null, 2)}\n`],
      ...(await builtClient()),
    ]);
  } finally {
    await stopTestServer();
  }
}

/** The tables of schema `purser` as types for Kysely; amounts and counts in bigint columns come as bigint. */
async function tableTypes(url: string): Promise<string> {
  const directory = mkdtempSync(path.join(tmpdir(), 'purser-types-'));
  try {
    const file = path.join(directory, 'schema.ts');
    const types = { int8: 'bigint', timestamptz: 'Date', numeric: 'string', date: 'string' };
    const result = await runTool([
      'node_modules/kysely-codegen/dist/cli/bin.js',
      '--dialect=postgres',
      `--url=${url}`,
      '--include-pattern=purser.*',
      '--default-schema=purser',
      `--type-mapping=${JSON.stringify(types)}`,
      `--out-file=${file}`,
    ]);
    if (!result.ok) throw new Error(`The types of the tables could not be generated.\n${result.output}`);
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Writes the files, or only compares them. @returns the paths of those that were not up to date. */
async function generate(onlyCheck: boolean): Promise<string[]> {
  const changed: string[] = [];
  for (const [name, text] of await generatedFiles()) {
    const file = path.join(repositoryRoot, name);
    if (currentText(file) === text) continue;
    changed.push(name);
    if (onlyCheck) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return changed;
}

function currentText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

const onlyCheck = process.argv.includes('--check');
const changed = await generate(onlyCheck);
for (const name of changed)
  console.log(onlyCheck ? `${name} is not up to date; run npm run generate.` : `${name} written.`);
if (onlyCheck && changed.length > 0) process.exitCode = 1;

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Source files by their path from the root of the repository. */
export type PlantedFiles = Readonly<Record<string, string>>;

/** What the linter said about each planted file, and how many files it read. */
export type LintReport = {
  readonly filesRead: number;
  /** The rule and the sentence of everything said about one file, `purser(arrows): …`. */
  findings(file: string): string[];
};

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Lints planted files with the repository's own configuration, rules and compiler options in a temporary copy, so that
 * a law can be seen broken without breaking it in the source.
 */
export function lintPlanted(files: PlantedFiles): LintReport {
  const directory = mkdtempSync(path.join(tmpdir(), 'purser-lint-'));
  try {
    for (const name of ['.oxlintrc.json', 'package.json', 'tsconfig.base.json', 'tsconfig.json', 'scripts/lint']) {
      cpSync(path.join(root, name), path.join(directory, name), { recursive: true });
    }
    for (const world of ['server', 'shared', 'web']) {
      cpSync(path.join(root, `src/${world}/tsconfig.json`), path.join(directory, `src/${world}/tsconfig.json`));
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(directory, 'node_modules'));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.join(directory, path.dirname(name)), { recursive: true });
      writeFileSync(path.join(directory, name), text);
    }
    return runLinter(directory, new Set(Object.keys(files).map((name) => name.split('/', 1)[0] ?? name)));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

type Diagnostic = { code: string; message: string; filename: string };

function runLinter(directory: string, folders: ReadonlySet<string>): LintReport {
  const bin = path.join(root, 'node_modules/oxlint/bin/oxlint');
  const run = spawnSync(process.execPath, [bin, '--type-aware', '--format=json', ...folders], {
    cwd: directory,
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.error !== undefined) throw run.error;
  const output = parseReport(run.stdout, run.stderr);
  return {
    filesRead: output.number_of_files,
    findings: (file) =>
      output.diagnostics
        .filter((diagnostic) => diagnostic.filename.replaceAll('\\', '/') === file)
        .map((diagnostic) => `${diagnostic.code}: ${diagnostic.message}`),
  };
}

function parseReport(stdout: string, stderr: string): { diagnostics: Diagnostic[]; number_of_files: number } {
  try {
    return JSON.parse(stdout);
  } catch (cause) {
    throw new Error(`The linter gave no report:\n${stdout}\n${stderr}`, { cause });
  }
}

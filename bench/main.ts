import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isMet, keepReport, reportOf } from './bench-report.ts';
import { benchSizes } from './bench-size.ts';
import { benchParts, runBench } from './run-bench.ts';

const help = `Usage: npm run bench -- [--size full|quick|tiny] [--only consume|memory|reads] [--directory D]

  --size       how much and how long; full takes about half an hour and 10 GB
  --only       one part, and again for another
  --directory  where the database is made, on the disk that is to be measured; it is removed afterwards
`;

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'full' },
    only: { type: 'string', multiple: true, default: [] },
    directory: { type: 'string', default: tmpdir() },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const size = Object.entries(benchSizes).find(([name]) => name === values.size)?.[1];
const parts = values.only.length === 0 ? benchParts : benchParts.filter((part) => values.only.includes(part));
if (values.help || size === undefined || parts.length === 0) {
  console.log(help);
  process.exitCode = values.help ? 0 : 1;
} else {
  const directory = mkdtempSync(path.join(path.resolve(values.directory), 'purser-bench-'));
  try {
    const findings = await runBench(directory, size, parts, (line) => {
      console.log(line);
    });
    const at = new Date();
    console.log(`\n${reportOf(findings, values.size, at)}`);
    const page = keepReport(path.join(import.meta.dirname, 'results'), findings, values.size, at);
    console.log(`Kept in bench/results/${page}.`);
    // A target that is missed is a finding, and no failure of the bench.
    const missed = findings.comparisons.filter((one) => !isMet(one)).length;
    if (missed > 0) console.log(`${String(missed)} of ${String(findings.comparisons.length)} targets were missed.`);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

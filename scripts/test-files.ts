import { globSync } from 'node:fs';
import { countsLine, runTests } from './run-tests.ts';

const patterns = process.argv.slice(2);
const files = globSync(patterns).toSorted();
if (files.length === 0) {
  console.error('Name the test files to run: npm run test:files -- src/shared/money/*.test.ts');
  process.exitCode = 1;
} else {
  const counts = await runTests({ files, testSeconds: 180, runSeconds: 1200 });
  process.exitCode = counts.failed === 0 ? 0 : 1;
  console.log(countsLine(counts));
}

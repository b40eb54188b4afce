import { strict as assert } from 'node:assert';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { problems } from '#shared/contract/problems.ts';

const folder = path.resolve(import.meta.dirname, '../../docs/problems');
const pages = globSync('*.md', { cwd: folder }).filter((page) => page !== 'README.md');

test('every problem code has its page, and no page is left of a code that is gone', () => {
  assert.deepEqual(
    pages.toSorted(),
    Object.keys(problems)
      .map((code) => `${code}.md`)
      .toSorted(),
  );
});

test('every problem page names its code, title and status', () => {
  for (const [code, { status, title }] of Object.entries(problems)) {
    if (!pages.includes(`${code}.md`)) continue;
    const text = readFileSync(path.join(folder, `${code}.md`), 'utf8');
    for (const fact of [code, title, status.toString()]) assert.ok(text.includes(fact), `${code}.md says ${fact}`);
  }
});

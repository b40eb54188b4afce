import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { lintPlanted } from '#test/support/planted-lint.ts';

const query = (call: string) => `export const read = (db: { ${call}(): string }): string => db.${call}();`;

test('a query of the server names its columns', () => {
  const planted = {
    'src/server/modules/invoices/all.ts': query('selectAll'),
    'src/server/modules/invoices/changed.ts': query('returningAll'),
    'src/server/modules/invoices/named.ts': query('select'),
    'src/server/modules/invoices/all.test.ts': query('selectAll'),
  };
  const report = lintPlanted(planted);
  assert.equal(report.filesRead, Object.keys(planted).length);
  const found = Object.keys(planted).filter((file) =>
    report.findings(file).some((finding) => finding.startsWith('purser(columns): columns-by-name: ')),
  );
  assert.deepEqual(found, ['src/server/modules/invoices/all.ts', 'src/server/modules/invoices/changed.ts']);
});

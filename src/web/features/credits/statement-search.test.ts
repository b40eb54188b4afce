import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isFiltered, statementQuery, statementSearch } from './statement-search.ts';

const entry = `led_${'0'.repeat(26)}`;

describe('the address of a statement', () => {
  it('keeps what it can mean and leaves out the rest', () => {
    const known = { kind: 'consumption', operation: 'content.generate', from: '2026-01-01', to: '2026-01-31', entry };
    assert.deepEqual(statementSearch({ ...known, other: 'x' }), known);
    assert.deepEqual(statementSearch({ kind: 'theft', operation: 'No Code', from: '2026-02-30', entry: 'inv_1' }), {});
  });

  it('filters by everything but the entry that is explained', () => {
    assert.deepEqual(statementQuery({ entry, kind: 'grant' }), { kind: 'grant' });
    assert.equal(isFiltered({ entry }), false);
    assert.equal(isFiltered({ from: '2026-01-01' }), true);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemSearch } from './system-search.ts';

test('the address of the system page keeps its tab and filter, and drops what it cannot mean', () => {
  assert.deepEqual(systemSearch({ tab: 'events', status: 'failed' }), { tab: 'events', status: 'failed' });
  assert.deepEqual(systemSearch({ tab: 'other', status: 'constructor', page: 2 }), {});
});

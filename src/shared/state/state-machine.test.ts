import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayBecome, type StateTable, statesBefore, statesOf } from './index.ts';

const light = { red: ['green'], green: ['amber'], amber: ['red'], broken: [] } as const satisfies StateTable<
  'red' | 'green' | 'amber' | 'broken'
>;

test('a lifecycle says what may follow, what may come before, and which states there are', () => {
  assert.ok(mayBecome(light, 'red', 'green'));
  assert.ok(!mayBecome(light, 'green', 'red'));
  assert.ok(!mayBecome(light, 'red', 'red'));
  assert.deepEqual(statesBefore(light, 'red'), ['amber']);
  assert.deepEqual(statesBefore(light, 'broken'), []);
  assert.deepEqual(statesOf(light), ['red', 'green', 'amber', 'broken']);
});

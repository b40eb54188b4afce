import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runwayOf } from './runway.ts';

test('credits last as many full days as the pace allows, and nobody knows without a pace', () => {
  assert.equal(runwayOf(100, 3_333), 30);
  assert.equal(runwayOf(2, 3_000), 0);
  assert.equal(runwayOf(365, 1_000), 365);
  assert.equal(runwayOf(366, 1_000), 'over_a_year');
  assert.equal(runwayOf(100, 0), null);
});

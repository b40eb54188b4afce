import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { costOf, type Operation, previewOf, variantsOf } from './operation-cost.ts';

const cost = {
  variant: null,
  milli_credits_per_unit: 250,
  minimum_credits: 2,
  rounding: 'up' as const,
  version: 1,
  effective_from: '2026-01-01T00:00:00.000Z',
};

const operation: Operation = {
  id: 'opr_1',
  code: 'content.generate',
  name: 'Generate text',
  description: '',
  unit: 'word',
  costs: [cost, { ...cost, variant: 'large', milli_credits_per_unit: 1_000, minimum_credits: 0 }],
};

describe('the preview of a cost', () => {
  it('goes by the variant’s own cost, else by that of every variant', () => {
    assert.equal(costOf(operation, 'large')?.variant, 'large');
    assert.equal(costOf(operation, 'small')?.variant, null);
    assert.equal(costOf(operation, null)?.variant, null);
    assert.equal(costOf({ ...operation, costs: [{ ...cost, variant: 'large' }] }, 'small'), null);
    assert.deepEqual(variantsOf(operation), ['large']);
  });

  it('rounds once and is never less than the minimum', () => {
    assert.equal(previewOf(9, cost), 3n);
    assert.equal(previewOf(1, cost), 2n);
    assert.equal(previewOf(1_000_000_000, { ...cost, rounding: 'down' }), 250_000_000n);
  });
});

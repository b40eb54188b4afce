import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CostVersion, costsByVariant, milliCreditsOf, priceOf, typedMilliCredits } from './costs.ts';

const version: CostVersion = {
  id: 'cst_1',
  operation_id: 'opr_1',
  variant: null,
  version: 1,
  milli_credits_per_unit: 250,
  minimum_credits: 0,
  rounding: 'up',
  status: 'in_force',
  effective_from: '2026-01-01T00:00:00.000Z',
  created_at: '2026-01-01T00:00:00.000Z',
  created_by: null,
  withdrawn_at: null,
};

describe('costs as staff type them', () => {
  it('are credits with at most three decimals, with a point or a comma', () => {
    assert.deepEqual(['0.25', '0,25', '3', '1.005', ' 12 '].map(milliCreditsOf), [250, 250, 3_000, 1_005, 12_000]);
    for (const wrong of ['', '-1', '1.2345', '1e3', '.5', '1,000.5', '1000001', 'x']) {
      assert.equal(milliCreditsOf(wrong), null, wrong);
    }
    assert.equal(milliCreditsOf('1000000'), 1_000_000_000);
  });

  it('are shown as they would be typed', () => {
    for (const thousandths of [0, 1, 10, 250, 1_000, 1_005, 123_456_789]) {
      assert.equal(milliCreditsOf(typedMilliCredits(thousandths)), thousandths);
    }
    assert.equal(typedMilliCredits(1_500), '1.5');
  });

  it('price a quantity by the rule the server charges by', () => {
    assert.equal(priceOf(1, { ...version, minimum_credits: 2 }), 2n);
    assert.equal(priceOf(9, version), 3n);
  });
});

describe('the costs of an operation', () => {
  it('stand by variant, the general one first, with what is scheduled in its order', () => {
    const later = { ...version, status: 'scheduled' as const };
    const costs = [
      { ...version, variant: 'small' },
      { ...later, id: 'c', effective_from: '2027-02-01T00:00:00.000Z' },
      { ...later, id: 'b', effective_from: '2027-01-01T00:00:00.000Z' },
      { ...later, id: 'd', variant: 'large' },
      version,
    ];
    const operation = { id: 'o', code: 'o', name: 'O', description: '', unit: 'u', is_active: true, costs };
    assert.deepEqual(
      costsByVariant(operation).map(({ variant, inForce, scheduled }) => [
        variant,
        inForce?.id,
        scheduled.map(({ id }) => id),
      ]),
      [
        [null, 'cst_1', ['b', 'c']],
        ['large', undefined, ['d']],
        ['small', 'cst_1', []],
      ],
    );
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { calculationOf, costInForce, costStatus, creditsFor, type CostRule, type OperationCost } from './index.ts';

function rule(changes: Partial<CostRule>): CostRule {
  return { milliCreditsPerUnit: 1_000n, minimumCredits: 0n, rounding: 'up', ...changes };
}

function version(changes: Partial<OperationCost>): OperationCost {
  return {
    ...rule({}),
    id: String(changes.version ?? 1),
    operationId: 'o',
    variant: '',
    version: 1,
    effectiveFrom: new Date(0),
    createdBy: null,
    createdAt: new Date(0),
    withdrawnAt: null,
    ...changes,
  };
}

describe('the cost of an operation', () => {
  test('is rounded once for the whole quantity, as its rule says', () => {
    const third = 333n;
    assert.equal(creditsFor(3n, rule({ milliCreditsPerUnit: third })), 1n);
    assert.equal(creditsFor(4n, rule({ milliCreditsPerUnit: third })), 2n);
    assert.equal(creditsFor(4n, rule({ milliCreditsPerUnit: third, rounding: 'down' })), 1n);
    assert.equal(creditsFor(4n, rule({ milliCreditsPerUnit: third, rounding: 'half_up' })), 1n);
    assert.equal(creditsFor(1n, rule({ milliCreditsPerUnit: 1_500n, rounding: 'half_up' })), 2n);
    assert.equal(creditsFor(1n, rule({ milliCreditsPerUnit: 1n, rounding: 'down' })), 0n);
  });

  test('is never less than the minimum, and free when it says so', () => {
    assert.equal(creditsFor(1n, rule({ milliCreditsPerUnit: 10n, minimumCredits: 3n })), 3n);
    assert.equal(creditsFor(1_000n, rule({ milliCreditsPerUnit: 10n, minimumCredits: 3n })), 10n);
    assert.equal(creditsFor(1_000n, rule({ milliCreditsPerUnit: 0n })), 0n);
  });

  test('never falls when the quantity grows, and stays within one credit of the exact price', () => {
    const numbers = { min: 0n, max: 1_000_000_000n };
    fc.assert(
      fc.property(
        fc.bigInt({ ...numbers, min: 1n }),
        fc.bigInt(numbers),
        fc.constantFrom('up', 'half_up', 'down'),
        (quantity, milliCreditsPerUnit, rounding) => {
          const priced = creditsFor(quantity, rule({ milliCreditsPerUnit, rounding }));
          assert.ok(creditsFor(quantity + 1n, rule({ milliCreditsPerUnit, rounding })) >= priced);
          const off = priced * 1_000n - quantity * milliCreditsPerUnit;
          assert.ok(off > -1_000n && off < 1_000n);
          if (rounding === 'up') assert.ok(off >= 0n);
          if (rounding === 'down') assert.ok(off <= 0n);
        },
      ),
    );
  });

  test('is that of the version last in force, and of the later one of two that begin together', () => {
    const at = new Date(1_000);
    const first = version({ version: 1 });
    const second = version({ version: 2, effectiveFrom: new Date(500) });
    const third = version({ version: 3, effectiveFrom: new Date(500) });
    const scheduled = version({ version: 4, effectiveFrom: new Date(2_000) });
    const withdrawn = version({ version: 5, effectiveFrom: new Date(900), withdrawnAt: new Date(800) });
    const all = [scheduled, third, first, withdrawn, second];
    assert.equal(costInForce(all, at), third);
    assert.equal(costInForce([scheduled], at), null);
    assert.deepEqual(
      all.map((cost) => costStatus(cost, all, at)),
      ['scheduled', 'in_force', 'superseded', 'withdrawn', 'superseded'],
    );
  });

  test('is written out as it was worked out', () => {
    assert.equal(calculationOf(4n, rule({ milliCreditsPerUnit: 250n })), '4 × 0.25 = 1');
    assert.equal(
      calculationOf(7n, rule({ milliCreditsPerUnit: 250n, minimumCredits: 3n })),
      '7 × 0.25 = 1.75, rounded up: 2; at least 3: 3',
    );
    assert.equal(
      calculationOf(1n, rule({ milliCreditsPerUnit: 1_005n, rounding: 'half_up' })),
      '1 × 1.005 = 1.005, rounded half up: 1',
    );
  });
});

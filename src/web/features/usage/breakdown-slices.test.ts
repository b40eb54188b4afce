import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { slicesOf } from './breakdown-slices.ts';

function shares(...basisPoints: number[]) {
  return basisPoints.map((share, index) => ({
    operation: { code: `op${String(index)}`, name: `Operation ${String(index)}`, unit: 'unit' },
    credits: share * 10,
    share_basis_points: share,
  }));
}

describe('the slices of the pie', () => {
  it('are one for each operation while they fit, in colours of their own', () => {
    const slices = slicesOf(shares(5_000, 2_000, 1_000, 1_000, 600, 400));
    assert.equal(slices.length, 6);
    assert.equal(new Set(slices.map(({ color }) => color)).size, 6);
    assert.ok(slices.every(({ name }) => name !== null));
  });

  it('put the small ones together without losing a basis point', () => {
    const slices = slicesOf(shares(4_000, 2_000, 1_500, 1_000, 800, 300, 250, 150));
    assert.equal(slices.length, 6);
    assert.deepEqual(slices.at(-1), {
      key: 'other',
      name: null,
      operations: 3,
      weight: 7_000,
      shareBasisPoints: 700,
      color: 'var(--usage-other)',
    });
    assert.equal(
      slices.reduce((total, { shareBasisPoints }) => total + shareBasisPoints, 0),
      10_000,
    );
  });

  it('leave out what cost nothing', () => {
    assert.deepEqual(
      slicesOf(shares(10_000, 0)).map(({ key }) => key),
      ['op0'],
    );
    assert.deepEqual(slicesOf([]), []);
  });
});

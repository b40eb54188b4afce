import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type IncludedLot, includedMilestones, includedUse, milestoneReached, nextLooks } from './included-use.ts';

function lot(id: string, units: bigint, unspent: bigint): IncludedLot {
  return { id, units, unspent };
}

describe('use of included credits', () => {
  test('a milestone is reached by the exact share, not by a rounded one', () => {
    const reached = (units: bigint, unspent: bigint) => milestoneReached(includedUse([lot('a', units, unspent)]));
    assert.equal(reached(1_000n, 501n), null);
    assert.equal(reached(1_000n, 500n), 50);
    assert.equal(reached(1_000n, 199n), 80);
    assert.equal(reached(1_000n, 1n), 80);
    assert.equal(reached(1_000n, 0n), 100);
    assert.equal(reached(3n, 2n), null);
    assert.equal(reached(3n, 1n), 50);
    assert.equal(milestoneReached(includedUse([])), null);
  });

  test('one lot is looked at when it stands at the milestone, and never again when it is empty', () => {
    assert.deepEqual([...nextLooks([lot('a', 1_000n, 1_000n)])], [['a', 500n]]);
    assert.deepEqual([...nextLooks([lot('a', 1_000n, 500n)])], [['a', 200n]]);
    assert.deepEqual([...nextLooks([lot('a', 1_000n, 0n)])], [['a', -1n]]);
  });

  test('in whatever order lots are spent, no milestone is passed before somebody looks, and every look gets further', () => {
    const lots = fc.array(fc.bigInt({ min: 1n, max: 50n }), { minLength: 1, maxLength: 4 });
    const spends = fc.array(fc.record({ lot: fc.nat(3), units: fc.bigInt({ min: 1n, max: 8n }) }), { maxLength: 60 });
    fc.assert(
      fc.property(lots, spends, (units, steps) => {
        let now = units.map((each, index) => lot(String(index), each, each));
        let looks = nextLooks(now);
        let told = milestoneReached(includedUse(now));
        for (const step of steps) {
          now = now.map((each, index) =>
            index === step.lot
              ? { ...each, unspent: each.unspent > step.units ? each.unspent - step.units : 0n }
              : each,
          );
          const flagged = now.some((each) => each.unspent <= (looks.get(each.id) ?? each.units));
          if (flagged) {
            looks = nextLooks(now);
            told = milestoneReached(includedUse(now));
            assert.ok(now.every((each) => each.unspent > (looks.get(each.id) ?? each.units)));
          }
          assert.equal(told, milestoneReached(includedUse(now)));
        }
        if (now.every((each) => each.unspent === 0n)) assert.equal(told, includedMilestones.at(-1));
      }),
    );
  });
});

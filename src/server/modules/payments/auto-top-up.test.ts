import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type AutoTopUp, decideTopUp, type TopUpSituation } from './index.ts';

const autoTopUp: AutoTopUp = {
  isOn: true,
  creditPackageId: '019a8b1c-5f00-7abc-8def-0123456789ab',
  thresholdCredits: 100n,
  monthlyCapMinor: 50_00n,
  currency: 'USD',
  failures: 0,
  offReason: null,
  resumesAt: null,
  updatedAt: new Date('2026-11-01T00:00:00Z'),
};

const situation: TopUpSituation = {
  autoTopUp,
  account: { status: 'active', currency: 'USD' },
  available: 99n,
  hasSavedMethod: true,
  totalMinor: 9_00n,
  spentMinor: 0n,
  isUnderWay: false,
};

describe('deciding a top-up', () => {
  test('everything in order is charged, up to the cap to the cent', () => {
    assert.deepEqual(decideTopUp(situation), { kind: 'charge', totalMinor: 9_00n });
    assert.deepEqual(decideTopUp({ ...situation, spentMinor: 41_00n }), { kind: 'charge', totalMinor: 9_00n });
    assert.deepEqual(decideTopUp({ ...situation, spentMinor: 41_01n }), { kind: 'wait_for_month' });
  });

  test('nothing is done while it is off, the account rests, there is enough, or one is under way', () => {
    const leave = (change: Partial<TopUpSituation>) => decideTopUp({ ...situation, ...change });
    assert.deepEqual(leave({ autoTopUp: null }), { kind: 'leave', why: 'off' });
    assert.deepEqual(leave({ autoTopUp: { ...autoTopUp, isOn: false } }), { kind: 'leave', why: 'off' });
    for (const status of ['suspended', 'closed'] as const) {
      const account = { status, currency: 'USD' } as const;
      assert.deepEqual(leave({ account }), { kind: 'leave', why: 'account_not_active' });
    }
    assert.deepEqual(leave({ available: 100n }), { kind: 'leave', why: 'balance_suffices' });
    assert.deepEqual(leave({ isUnderWay: true, hasSavedMethod: false }), { kind: 'leave', why: 'under_way' });
  });

  test('what cannot work is switched off, and never for a balance that suffices', () => {
    const decide = (change: Partial<TopUpSituation>) => decideTopUp({ ...situation, ...change });
    assert.deepEqual(decide({ hasSavedMethod: false }), { kind: 'switch_off', why: 'saved_method_missing' });
    assert.deepEqual(decide({ totalMinor: null }), { kind: 'switch_off', why: 'package_unavailable' });
    const account = { status: 'active', currency: 'EUR' } as const;
    assert.deepEqual(decide({ account }), { kind: 'switch_off', why: 'package_unavailable' });
    assert.deepEqual(decide({ hasSavedMethod: false, available: 100n }), { kind: 'leave', why: 'balance_suffices' });
  });
});

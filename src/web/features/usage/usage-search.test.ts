import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { daysOf, periodOf, usageQuery, usageSearch } from './usage-search.ts';

const site = `sit_${'0'.repeat(26)}`;

describe('the address of the usage page', () => {
  it('is empty for the last 30 days', () => {
    assert.deepEqual(usageSearch({}), {});
    assert.deepEqual(usageSearch({ period: 'last30Days' }), {});
    assert.equal(periodOf({}), 'last30Days');
    assert.deepEqual(usageQuery({}, '2026-03-01'), { from: '2026-01-31', to: '2026-03-01' });
  });

  it('keeps days of its own only when they are a range, and then no period', () => {
    const own = { from: '2026-01-05', to: '2026-01-05' };
    assert.deepEqual(usageSearch({ ...own, period: 'last7Days' }), own);
    assert.equal(periodOf(own), null);
    assert.deepEqual(usageSearch({ from: '2026-01-05', period: 'last7Days' }), { period: 'last7Days' });
    assert.deepEqual(usageSearch({ from: '2026-02-02', to: '2026-02-01' }), {});
    assert.deepEqual(usageSearch({ from: '2026-02-30', to: '2026-03-01' }), {});
  });

  it('leaves out what cannot be a site or a member', () => {
    assert.deepEqual(usageSearch({ site, member: 'usr_1' }), { site });
    assert.deepEqual(usageQuery({ site, period: 'thisMonth' }, '2026-03-01'), {
      from: '2026-03-01',
      to: '2026-03-01',
      site_id: site,
    });
  });

  it('counts today as one of the days, and ends the last month on its last day', () => {
    assert.deepEqual(daysOf('last7Days', '2026-11-22'), { from: '2026-11-16', to: '2026-11-22' });
    assert.deepEqual(daysOf('lastMonth', '2028-03-31'), { from: '2028-02-01', to: '2028-02-29' });
  });
});

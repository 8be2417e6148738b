import assert from 'node:assert/strict';
import { plans } from '../../../src/core/plans.ts';
import { renewal } from '../../../src/core/renewal.ts';

describe('a renewal', () => {
  it('begins with no more than Free, and adds the rest when it is paid', () => {
    for (const plan of plans) {
      assert.equal(renewal.provisional(plan), 300_000);
      assert.equal(renewal.provisional(plan) + renewal.rest(plan), plan.allowance);
    }
  });

  it('waits three days for its payment', () => {
    const since = Date.parse('2026-03-01T00:00:00Z');
    assert.equal(new Date(renewal.lapsesAt(since)).toISOString(), '2026-03-04T00:00:00.000Z');
  });
});

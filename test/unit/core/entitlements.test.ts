import assert from 'node:assert/strict';
import { entitlementsOf } from '../../../src/core/entitlements.ts';
import { plans } from '../../../src/core/plans.ts';

describe('entitlements', () => {
  it('lets Free publish one project and export nothing', () => {
    const free = plans.find((plan) => plan.id === 'free');
    assert.ok(free !== undefined);
    assert.deepEqual(entitlementsOf(free), { publish: true, codeExport: false, projects: 1 });
  });

  it('lets every paid plan do everything', () => {
    for (const plan of plans.filter(({ price }) => price.amount > 0)) {
      assert.deepEqual(entitlementsOf(plan), { publish: true, codeExport: true, projects: null }, plan.id);
    }
  });
});

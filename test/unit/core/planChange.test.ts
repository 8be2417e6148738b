import assert from 'node:assert/strict';
import { planChange } from '../../../src/core/planChange.ts';
import { plans, type Plan, type PlanId } from '../../../src/core/plans.ts';

const plan = (id: PlanId): Plan => plans.find((each) => each.id === id) ?? assert.fail(id);

describe('planChange', () => {
  it('is a purchase at the whole price from Free', () => {
    assert.deepEqual(planChange(plan('free'), plan('pro'), 'paid'), {
      kind: 'purchase',
      pay: { amount: 2_000, currency: 'USD' },
    });
  });

  it('pays and grants the whole difference to a dearer plan, nothing prorated', () => {
    const change = planChange(plan('pro'), plan('pro-9k'), 'paid');
    assert.deepEqual(change, { kind: 'upgrade', pay: { amount: 10_000, currency: 'USD' }, grant: 7_500_000 });
  });

  it('waits for the end of the period to a cheaper plan or to Free', () => {
    assert.deepEqual(planChange(plan('pro-9k'), plan('pro'), 'paid'), { kind: 'downgrade' });
    assert.deepEqual(planChange(plan('pro'), plan('free'), 'paid'), { kind: 'downgrade' });
    const same = { ...plan('pro-3k'), price: plan('pro').price };
    assert.deepEqual(planChange(plan('pro'), same, 'paid'), { kind: 'downgrade' }, 'nothing to pay is no upgrade');
  });

  it('never lets a step by step upgrade cost or grant another sum than one at once', () => {
    const [, ...paid] = plans;
    paid.forEach((target, index) => {
      const steps = paid.slice(0, index + 1).map((step, at) => planChange(paid[at - 1] ?? plan('free'), step, 'paid'));
      const pays = steps.map((step) => ('pay' in step ? step.pay.amount : 0));
      const grants = steps.map((step) => (step.kind === 'upgrade' ? step.grant : plan('pro').allowance));
      assert.equal(
        pays.reduce((sum, pay) => sum + pay, 0),
        target.price.amount,
      );
      assert.equal(
        grants.reduce<number>((sum, grant) => sum + grant, 0),
        target.allowance,
      );
    });
  });

  it('is nothing for the current plan', () => {
    for (const standing of ['paid', 'given'] as const) {
      for (const each of plans) assert.deepEqual(planChange(each, each, standing), { kind: 'current' });
    }
  });

  it('pays an unpaid period first, for whoever stays or goes up, and lets the others wait for its end', () => {
    const due = { kind: 'renewal', pay: { amount: 4_000, currency: 'USD' }, grant: 2_700_000 };
    assert.deepEqual(planChange(plan('pro-3k'), plan('pro-3k'), 'owed'), due);
    assert.deepEqual(planChange(plan('pro-3k'), plan('pro-9k'), 'owed'), due);
    assert.deepEqual(planChange(plan('pro-3k'), plan('pro'), 'owed'), { kind: 'downgrade' });
  });

  it('sells any plan whole to whoever has theirs from practice, and lets Free wait for the end of the period', () => {
    for (const id of ['pro', 'pro-3k', 'pro-9k'] as const) {
      const whole = { kind: 'purchase', pay: plan(id).price };
      assert.deepEqual(planChange(plan('pro-3k'), plan(id), 'practice'), whole);
    }
    assert.deepEqual(planChange(plan('pro-3k'), plan('free'), 'practice'), { kind: 'downgrade' });
  });

  it('sells a dearer plan whole to whoever was given theirs, and lets the others wait for the end of the period', () => {
    const whole = { kind: 'purchase', pay: { amount: 12_000, currency: 'USD' } };
    assert.deepEqual(planChange(plan('pro-3k'), plan('pro-9k'), 'given'), whole);
    for (const id of ['pro', 'free'] as const) {
      assert.deepEqual(planChange(plan('pro-3k'), plan(id), 'given'), { kind: 'downgrade' });
    }
  });
});

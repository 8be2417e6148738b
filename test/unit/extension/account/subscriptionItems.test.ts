import assert from 'node:assert/strict';
import { subscriptionItems } from '../../../../src/extension/account/subscriptionItems.ts';
import type { AccountBody } from '../../../../src/protocol/api.ts';
import { accountBody } from '../../../support/accountBody.ts';
import { wording } from '../wording.ts';

const pro = { plan: { id: 'pro', name: 'Pro' } };
const items = (differs: Partial<AccountBody>): string[] =>
  subscriptionItems(accountBody(differs), wording).map(({ kind, label, detail }) => `${kind}: ${label}, ${detail}`);

describe('what can be done about a plan', () => {
  it('is nothing on Free, and for a budget of one’s own', () => {
    assert.deepEqual(items({}), []);
    assert.deepEqual(items({ ...pro, setsOwnBudget: true }), []);
  });

  it('is cancelling and asking for money back on a paid plan', () => {
    assert.deepEqual(items(pro), [
      'cancel: Cancel plan, Free from 1 Dec',
      'refund: Request a refund…, Shows the answer before anything is sent',
    ]);
  });

  it('is cancelling alone of a plan that was given, with a word on who gives it again', () => {
    const free = 'cancel: Cancel plan, Free from 1 Dec. Only whoever gave Pro can give it again';
    assert.deepEqual(items({ ...pro, planIsGiven: true }), [free]);
  });

  it('is nothing for a plan from practice: it ends, and no money is in it', () => {
    const scheduledChange = { planId: 'free', at: '2026-12-01T09:14:00.000Z' };
    assert.deepEqual(items({ ...pro, planIsPractice: true, scheduledChange }), []);
  });

  it('is calling off what is scheduled, and no second cancelling', () => {
    const at = '2026-12-01T09:14:00.000Z';
    assert.deepEqual(items({ ...pro, scheduledChange: { planId: 'free', at } }), [
      'keep: Keep Pro, Calls off: Free from 1 Dec',
      'refund: Request a refund…, Shows the answer before anything is sent',
    ]);
    assert.equal(items({ ...pro, scheduledChange: { planId: 'pro-3k', at } }).length, 3);
  });
});

import assert from 'node:assert/strict';
import { planItems } from '../../../../src/extension/account/planItems.ts';
import { accountBody } from '../../../support/accountBody.ts';
import { wording } from '../wording.ts';

const english = { ...wording, locale: 'en-US' };
const now = '2026-11-22T12:00:00.000Z';

function detailOf(planId: string, account = accountBody()) {
  return planItems(account, now, english).find((item) => item.planId === planId)?.detail;
}

describe('plan list', () => {
  it('lists the eight plans with tokens and price', () => {
    const labels = planItems(accountBody(), now, english).map(({ label }) => label);
    assert.equal(labels.length, 8);
    assert.deepEqual(labels.slice(0, 3), [
      'Free · 300 tokens · $0',
      'Pro · 1,500 tokens · $20 a month',
      'Pro 3K · 3,000 tokens · $40 a month',
    ]);
  });

  it('says what a purchase costs today and gives at once', () => {
    assert.equal(detailOf('pro'), 'Today $20.00. 1,500 tokens at once, new period starts today');
    assert.equal(detailOf('free'), 'Your plan');
  });

  it('says what is paid and granted when a paid plan gets dearer, and how many days are left', () => {
    const pro = accountBody({ plan: { id: 'pro', name: 'Pro' } });
    assert.equal(
      detailOf('pro-6k', pro),
      'Today $60.00 more, +4,500 tokens now; 9 days left in this period, billing date stays 1 Dec',
    );
  });

  it('counts the last day as one', () => {
    const period = { start: '2026-10-23T08:00:00.000Z', end: '2026-11-23T08:00:00.000Z' };
    assert.match(detailOf('pro-6k', accountBody({ plan: { id: 'pro', name: 'Pro' }, period })) ?? '', /; 1 day left/);
  });

  it('says from when a cheaper plan holds', () => {
    const pro = accountBody({ plan: { id: 'pro', name: 'Pro' } });
    assert.equal(detailOf('free', pro), 'From 1 Dec. You keep Pro until then.');
  });

  it('has the renewal that is owed paid first, by whoever keeps the plan or takes a dearer one', () => {
    const notice = { kind: 'renewal_unpaid', planId: 'pro', until: '2026-12-04T09:14:00.000Z' } as const;
    const owing = accountBody({ plan: { id: 'pro', name: 'Pro' }, notice });
    const owed = 'Today $20.00 for this period of Pro, +1,200 tokens now';
    assert.deepEqual([detailOf('pro', owing), detailOf('pro-6k', owing)], [owed, owed]);
    assert.equal(detailOf('free', owing), 'From 1 Dec. You keep Pro until then.');
  });

  it('credits nothing of a plan that was given: a dearer one is bought whole', () => {
    const given = accountBody({ plan: { id: 'pro', name: 'Pro' }, planIsGiven: true });
    assert.equal(detailOf('pro', given), 'Your plan, given to you. Nothing is paid for it.');
    assert.equal(detailOf('pro-3k', given), 'Today $40.00. 3,000 tokens at once, new period starts today');
    assert.equal(detailOf('free', given), 'From 1 Dec. You keep Pro until then.');
  });

  it('says until when a plan from practice is there, and sells any for its whole price', () => {
    const scheduledChange = { planId: 'free', at: '2026-12-01T09:14:00.000Z' };
    const plan = { id: 'pro-3k', name: 'Pro 3K' };
    const practised = accountBody({ plan, planIsPractice: true, scheduledChange });
    const whole = 'Today $40.00. 3,000 tokens at once, new period starts today';
    assert.equal(detailOf('pro-3k', practised), `Your plan until 1 Dec, from a practice card. To keep it: ${whole}`);
    assert.equal(detailOf('pro', practised), 'Today $20.00. 1,500 tokens at once, new period starts today');
    assert.equal(detailOf('free', practised), 'From 1 Dec. You keep Pro 3K until then.');
  });

  it('has no prices for a budget of one’s own, and holds at once', () => {
    const items = planItems(accountBody({ setsOwnBudget: true }), now, english);
    assert.deepEqual(items.slice(0, 2), [
      { planId: 'free', label: '300 tokens a month', detail: 'Your budget' },
      { planId: 'pro', label: '1,500 tokens a month', detail: 'At once, with a new period from today' },
    ]);
  });
});

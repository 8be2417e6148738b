import assert from 'node:assert/strict';
import { refundWords } from '../../../../src/extension/account/refundWords.ts';
import { wording } from '../wording.ts';

describe('what is said of a refund', () => {
  const money = { amount: 2_000, currency: 'USD' };

  it('is what would be answered before it is asked for, why, how much it is about, and what goes with it', () => {
    assert.equal(
      refundWords({ id: 'i1', status: 'approved', reason: 'little_used', money }, false, wording),
      'A refund would be approved at once. Little of it was used. It is about $20.00. The plan that it paid for ends at once, and its unused tokens go back.',
    );
    assert.equal(
      refundWords({ id: null, status: 'refused', reason: 'nothing_paid', money: null }, false, wording),
      'No refund is possible. Nothing was paid that could be given back.',
    );
    assert.equal(
      refundWords({ id: null, status: 'refused', reason: 'given', money: null }, false, wording),
      "No refund is possible. Nothing was paid for this plan, so there is no money to give back. If you don't want it, choose Free.",
    );
  });

  it('is that a practice card paid, where money is taken by now', () => {
    assert.equal(
      refundWords({ id: 'i1', status: 'refused', reason: 'practice', money: null }, false, wording),
      'No refund is possible. A practice card paid for it, so there is no money to give back.',
    );
  });

  it('is the answer once it was asked for; a reason that is new here is said as it came', () => {
    assert.equal(
      refundWords({ id: 'i1', status: 'waiting', reason: 'moon_phase', money: null }, true, wording),
      'A person will look at the request. moon_phase If it is approved, the plan that it paid for ends at once, and its unused tokens go back.',
    );
  });
});

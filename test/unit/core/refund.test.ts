import assert from 'node:assert/strict';
import { refund, type RefundFacts } from '../../../src/core/refund.ts';
import { millitokens } from '../../../src/core/tokens.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const paidAt = Date.parse('2026-03-01T00:00:00Z');
const granted = millitokens(1_500_000);
const untouched: RefundFacts = {
  ...{ paidAt, granted, used: millitokens(0), exportedAt: null, refundedAt: null, isOnHold: false },
};
const decide = (differs: Partial<RefundFacts>, after = DAY): string => {
  const { status, reason } = refund.decide({ ...untouched, ...differs }, paidAt + after);
  return `${status} ${reason}`;
};

describe('a refund', () => {
  it('is approved by itself up to 10 % used, and waits for a person beyond', () => {
    assert.equal(decide({}), 'approved little_used');
    assert.equal(decide({ used: millitokens(150_000) }), 'approved little_used');
    assert.equal(decide({ used: millitokens(150_001) }), 'waiting used');
  });

  it('is refused only after 168 hours, or if nothing was paid', () => {
    assert.equal(decide({}, 168 * HOUR), 'approved little_used');
    assert.equal(decide({}, 168 * HOUR + 1), 'refused too_late');
    for (const reason of ['nothing_paid', 'given'] as const) {
      assert.deepEqual(refund.decide(reason, paidAt), { status: 'refused', reason });
    }
    const everything = { used: granted, exportedAt: paidAt, refundedAt: paidAt, isOnHold: true };
    assert.equal(decide(everything), 'waiting on_hold');
  });

  it('waits if something was exported since the payment', () => {
    assert.equal(decide({ exportedAt: paidAt - 1 }), 'approved little_used');
    assert.equal(decide({ exportedAt: paidAt }), 'waiting exported');
  });

  it('waits if there was one in the last 365 days', () => {
    assert.equal(decide({ refundedAt: paidAt + DAY - 365 * DAY }), 'approved little_used');
    assert.equal(decide({ refundedAt: paidAt + DAY - 365 * DAY + 1 }), 'waiting refunded_before');
  });

  it('leaves what an upgrade found, less what was used since', () => {
    assert.equal(refund.leftAfterUpgrade(millitokens(2_400_000), granted), 900_000);
    assert.equal(refund.leftAfterUpgrade(millitokens(1_400_000), granted), 0);
  });

  it('leaves what Free would have left after a purchase, and never more than there is', () => {
    const free = (charged: number) => ({ allowance: millitokens(300_000), charged: millitokens(charged) });
    assert.equal(refund.leftAfterPurchase(millitokens(1_450_000), free(150_000)), 150_000);
    assert.equal(refund.leftAfterPurchase(millitokens(1_050_000), free(450_000)), 0);
    assert.equal(refund.leftAfterPurchase(millitokens(50_000), free(0)), 50_000);
  });
});

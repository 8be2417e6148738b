import assert from 'node:assert/strict';
import { AdviceDismissals } from '../../../../src/extension/chat/adviceDismissals.ts';

describe('dismissals of advice', () => {
  it('silence a kind at the second, and no other', () => {
    const dismissals = new AdviceDismissals();
    dismissals.add('add-detail');
    dismissals.add('roll-back');
    assert.equal(dismissals.silences('add-detail'), false);
    dismissals.add('add-detail');
    assert.equal(dismissals.silences('add-detail'), true);
    assert.equal(dismissals.silences('roll-back'), false);
  });
});

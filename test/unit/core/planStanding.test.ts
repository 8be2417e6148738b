import assert from 'node:assert/strict';
import { planStanding } from '../../../src/core/planStanding.ts';

describe('how a plan stands', () => {
  it('is paid unless the account says that its renewal is owed, that it was given, or that it is from practice', () => {
    assert.equal(planStanding({}), 'paid');
    assert.equal(planStanding({ notice: { kind: 'on_hold' }, planIsGiven: false }), 'paid');
    assert.equal(planStanding({ notice: { kind: 'renewal_unpaid' } }), 'owed');
    assert.equal(planStanding({ notice: { kind: 'on_hold' }, planIsGiven: true }), 'given');
    assert.equal(planStanding({ planIsPractice: true }), 'practice');
  });
});

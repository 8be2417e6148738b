import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  generationState,
  moveHold,
  repeatedCall,
  statesBefore,
  type HoldEvent,
  type HoldState,
} from '../../../src/core/generation.ts';
import { propertyRuns } from '../../support/propertyRuns.ts';

const events = fc.array(fc.constantFrom<HoldEvent>('send', 'settle', 'release'), { maxLength: 12 });

describe('moveHold', () => {
  it('goes from reserved over sent to settled', () => {
    assert.deepEqual(moveHold('reserved', 'send'), { kind: 'moved', from: 'reserved', to: 'sent' });
    assert.deepEqual(moveHold('sent', 'settle'), { kind: 'moved', from: 'sent', to: 'settled' });
  });

  it('releases what was reserved or sent', () => {
    for (const from of ['reserved', 'sent'] as const) {
      assert.deepEqual(moveHold(from, 'release'), { kind: 'moved', from, to: 'released' });
    }
  });

  it('never settles what was not sent, nor sends twice', () => {
    assert.deepEqual(moveHold('reserved', 'settle'), { kind: 'refusal', state: 'reserved' });
    assert.deepEqual(moveHold('sent', 'send'), { kind: 'refusal', state: 'sent' });
  });

  it('has one terminal transition, whatever writers do', () => {
    fc.assert(
      fc.property(events, (all) => {
        let state: HoldState = 'reserved';
        let ended = 0;
        for (const event of all) {
          const transition = moveHold(state, event);
          if (ended > 0) assert.equal(transition.kind, 'late');
          if (transition.kind !== 'moved') continue;
          assert.ok(statesBefore(event).includes(transition.from));
          state = transition.to;
          if (state === 'settled' || state === 'released') ended += 1;
        }
        assert.ok(ended <= 1);
      }),
      { numRuns: propertyRuns() },
    );
  });
});

describe('statesBefore', () => {
  it('names the states that an event moves a hold from, and no other', () => {
    assert.deepEqual(statesBefore('send'), ['reserved']);
    assert.deepEqual(statesBefore('settle'), ['sent']);
    assert.deepEqual(statesBefore('release'), ['reserved', 'sent']);
  });
});

describe('generationState', () => {
  it('is open while a call is, then settled if any was charged', () => {
    assert.equal(generationState({ open: 1, settled: 1 }), 'open');
    assert.equal(generationState({ open: 0, settled: 1 }), 'settled');
    assert.equal(generationState({ open: 0, settled: 0 }), 'released');
  });
});

describe('repeatedCall', () => {
  it('tries again only what was released, with the same body', () => {
    assert.equal(repeatedCall('reserved', true), 'generation_open');
    assert.equal(repeatedCall('sent', true), 'generation_open');
    assert.equal(repeatedCall('settled', true), 'generation_settled');
    assert.equal(repeatedCall('released', true), 'try_again');
    for (const state of ['reserved', 'sent', 'settled', 'released'] as const) {
      assert.equal(repeatedCall(state, false), 'idempotency_conflict');
    }
  });
});

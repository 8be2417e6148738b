import assert from 'node:assert/strict';
import { shownBalance } from '../../../src/core/shownBalance.ts';
import { millitokens } from '../../../src/core/tokens.ts';

const [available, held, used] = [millitokens(280_000), millitokens(4_000), millitokens(16_000)];
const none = millitokens(0);

describe('the balance as people see it', () => {
  it('has what is held, for it is still theirs', () => {
    assert.equal(shownBalance({ available, held, used }, null), 284_000);
  });

  it('falls with the live spend', () => {
    const live = { spent: millitokens(420), usedBefore: used };
    assert.equal(shownBalance({ available, held, used }, live), 283_580);
  });

  it('counts the settled calls of the running message once', () => {
    const live = { spent: millitokens(700), usedBefore: millitokens(15_500) };
    assert.equal(shownBalance({ available, held, used }, live), 283_800);
  });

  it('neither rises by what others are charged meanwhile, nor falls below zero', () => {
    assert.equal(shownBalance({ available, held, used }, { spent: millitokens(420), usedBefore: none }), 284_000);
    assert.equal(shownBalance({ available: none, held: none, used }, { spent: held, usedBefore: used }), 0);
  });

  it('takes a new period for what it is: nothing of the message was charged there', () => {
    assert.equal(shownBalance({ available, held, used: none }, { spent: held, usedBefore: used }), 280_000);
  });
});

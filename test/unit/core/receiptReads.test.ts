import assert from 'node:assert/strict';
import { receiptReads } from '../../../src/core/receiptReads.ts';

function call(promptTokens: number, contextTokens: number, cachedTokens: number, responseTokens: number) {
  return { promptTokens, contextTokens, cachedTokens, responseTokens };
}

describe('what tools read', () => {
  it('is what the last call sent beyond the first and the answers in between', () => {
    assert.equal(receiptReads([call(20, 1_000, 0, 50), call(0, 550, 1_020, 70), call(0, 370, 1_570, 300)]), 800);
  });

  it('is nothing for one call, for none, and never below nothing', () => {
    assert.equal(receiptReads([call(20, 1_000, 0, 50)]), 0);
    assert.equal(receiptReads([]), 0);
    assert.equal(receiptReads([call(20, 1_000, 0, 500), call(0, 0, 1_020, 10)]), 0);
  });
});

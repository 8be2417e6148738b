import assert from 'node:assert/strict';
import { isMillitokens, millitokens } from '../../../src/core/tokens.ts';

describe('millitokens', () => {
  it('takes safe integers from 0', () => {
    for (const value of [0, 1, 300_000, Number.MAX_SAFE_INTEGER]) assert.equal(millitokens(value), value);
  });

  it('refuses what is negative, fractional, unsafe or no number', () => {
    for (const value of [-1, 0.5, Number.MAX_SAFE_INTEGER + 1, NaN, Infinity, -Infinity]) {
      const message = `not an amount in millitokens: ${value}`;
      assert.throws(() => millitokens(value), { name: 'RangeError', message });
      assert.equal(isMillitokens(value), false);
    }
  });
});

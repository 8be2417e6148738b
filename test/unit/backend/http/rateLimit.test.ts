import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { RateLimit } from '../../../../src/backend/http/rateLimit.ts';

describe('the rate limit', () => {
  it("lets a minute's worth come at once, then says how long to wait", () => {
    let now = 0;
    const limit = new RateLimit(60, () => now);
    for (let count = 0; count < 60; count += 1) assert.equal(limit.take('a'), 0);
    assert.equal(limit.take('a'), 1);
    assert.equal(limit.take('b'), 0);
    now = 1_000;
    assert.equal(limit.take('a'), 0);
    assert.equal(limit.take('a'), 1);
    now = 500;
    assert.equal(limit.take('a'), 1);
  });
});

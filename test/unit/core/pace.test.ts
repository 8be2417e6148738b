import assert from 'node:assert/strict';
import { runsOutAt } from '../../../src/core/pace.ts';
import { millitokens } from '../../../src/core/tokens.ts';

const period = { start: '2026-11-01T00:00:00.000Z', end: '2026-12-01T00:00:00.000Z' };

function runsOut(available: number, used: number, now: string) {
  return runsOutAt({ available: millitokens(available), used: millitokens(used), period, now });
}

describe('pace', () => {
  it('goes on as it did so far', () => {
    assert.equal(runsOut(100_000, 200_000, '2026-11-11T00:00:00.000Z'), '2026-11-16T00:00:00.000Z');
  });

  it('says nothing when it lasts, when nothing was used and on the first day', () => {
    assert.equal(runsOut(290_000, 10_000, '2026-11-11T00:00:00.000Z'), null);
    assert.equal(runsOut(300_000, 0, '2026-11-11T00:00:00.000Z'), null);
    assert.equal(runsOut(0, 0, '2026-11-11T00:00:00.000Z'), null);
    assert.equal(runsOut(100_000, 200_000, '2026-11-01T23:59:59.999Z'), null);
  });

  it('tells from the first whole day on, and until the last millisecond', () => {
    assert.equal(runsOut(100_000, 200_000, '2026-11-02T00:00:00.000Z'), '2026-11-02T12:00:00.000Z');
    assert.equal(runsOut(100_000, 100_000, '2026-11-16T00:00:00.000Z'), null);
    assert.equal(runsOut(100_000, 100_000, '2026-11-15T23:59:59.999Z'), '2026-11-30T23:59:59.998Z');
  });
});

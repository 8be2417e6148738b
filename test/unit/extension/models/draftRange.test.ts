import assert from 'node:assert/strict';
import { draftRange } from '../../../../src/extension/models/draftRange.ts';
import { composer } from '../../../support/chatSnapshots.ts';

describe('the price of the draft for a model', () => {
  const model = (multiplier: number) => ({
    id: `m${String(multiplier)}`,
    object: 'model' as const,
    created: 0,
    owned_by: 'x',
    tokenfare: { multiplier, contextWindow: 8_000, maxOutputTokens: 1_000 },
  });
  const range = (draft: string, multiplier: number) => draftRange(composer({ draft }), model(multiplier), 'en');

  it('grows with its multiplier', () => {
    const [cheap, dear] = [range('Create a users table', 0.25) ?? '', range('Create a users table', 4) ?? ''];
    assert.match(cheap, /^\d\.\d–\d\.\d$/);
    assert.ok(parseFloat(cheap) < parseFloat(dear), `${cheap} ${dear}`);
  });

  it('is none without a draft that a model answers', () => {
    assert.deepEqual([range(' ', 1), range('/free Make it blue', 1)], [null, null]);
    assert.equal(draftRange(composer({ draft: 'Hi', rateCard: null }), model(1)), null);
  });
});

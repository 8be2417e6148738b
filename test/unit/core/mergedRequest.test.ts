import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mergedRequest } from '../../../src/core/mergedRequest.ts';

describe('merged request', () => {
  it('numbers several, and leaves one as it is', () => {
    assert.equal(mergedRequest(['Add a phone column']), 'Add a phone column');
    assert.equal(mergedRequest(['Add a phone column ', 'Sort by name']), '1. Add a phone column\n2. Sort by name');
  });

  it('sets the further lines of a request under its number', () => {
    assert.equal(mergedRequest(['Add:\n- a\n\n- b', 'Sort']), '1. Add:\n   - a\n\n   - b\n2. Sort');
  });

  it('keeps every wish whole and in order', () => {
    const wishes = fc.array(
      fc.string({ minLength: 1 }).filter((each) => each.trim() !== ''),
      { minLength: 2 },
    );
    fc.assert(
      fc.property(wishes, (requests) => {
        const merged = mergedRequest(requests);
        let at = 0;
        for (const [index, request] of requests.entries()) {
          for (const piece of [`${String(index + 1)}. `, ...request.trim().split('\n')]) {
            const found = merged.indexOf(piece, at);
            assert.ok(found >= at, piece);
            at = found + piece.length;
          }
        }
      }),
    );
  });
});

import assert from 'node:assert/strict';
import { keptFiles, keptHunks } from '../../../../src/extension/review/keptParts.ts';

describe('what a person has accepted', () => {
  it('is whole files, and hunks in their order, each once', () => {
    assert.deepEqual(keptFiles({ a: [1] }, ['a', 'b']), { a: 'all', b: 'all' });
    assert.deepEqual(keptHunks({ a: [3] }, 'a', [1, 3]), { a: [1, 3] });
    assert.deepEqual(keptHunks({ a: 'all' }, 'a', [1]), { a: 'all' });
  });
});

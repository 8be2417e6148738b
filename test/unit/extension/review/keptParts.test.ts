import assert from 'node:assert/strict';
import { keptAfterUndo, keptFiles, keptHunks } from '../../../../src/extension/review/keptParts.ts';

describe('what a person has accepted', () => {
  it('is whole files, and hunks in their order, each once', () => {
    assert.deepEqual(keptFiles({ a: [1] }, ['a', 'b']), { a: 'all', b: 'all' });
    assert.deepEqual(keptHunks({ a: [3] }, 'a', [1, 3]), { a: [1, 3] });
    assert.deepEqual(keptHunks({ a: 'all' }, 'a', [1]), { a: 'all' });
  });

  it('is no longer what was undone', () => {
    const kept = { a: 'all' as const, b: [0, 2], c: 'all' as const };
    assert.deepEqual(keptAfterUndo(kept, { files: ['a'], hunks: null }), { b: [0, 2], c: 'all' });
    assert.deepEqual(keptAfterUndo(kept, { files: [], hunks: { path: 'b', positions: [2] } }), { ...kept, b: [0] });
  });
});

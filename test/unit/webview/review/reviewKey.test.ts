import assert from 'node:assert/strict';
import { reviewKey } from '../../../../webview/review/reviewKey.ts';

const none = { shiftKey: false, altKey: false, ctrlKey: false, metaKey: false };

describe('reviewKey', () => {
  it('knows the keys for changes, files and decisions', () => {
    assert.equal(reviewKey({ ...none, code: 'F7' }), 'nextHunk');
    assert.equal(reviewKey({ ...none, code: 'F7', shiftKey: true }), 'previousHunk');
    assert.equal(reviewKey({ ...none, code: 'F5', altKey: true }), 'nextHunk');
    assert.equal(reviewKey({ ...none, code: 'F5', altKey: true, shiftKey: true }), 'previousHunk');
    assert.equal(reviewKey({ ...none, code: 'ArrowDown', altKey: true }), 'nextFile');
    assert.equal(reviewKey({ ...none, code: 'ArrowUp', altKey: true }), 'previousFile');
    assert.equal(reviewKey({ ...none, code: 'KeyK', altKey: true }), 'keep');
    assert.equal(reviewKey({ ...none, code: 'KeyU', altKey: true }), 'undo');
  });

  it('leaves every other key to the editor', () => {
    for (const code of ['ArrowDown', 'KeyK', 'KeyU', 'F5']) assert.equal(reviewKey({ ...none, code }), null);
    assert.equal(reviewKey({ ...none, code: 'F7', ctrlKey: true }), null);
    assert.equal(reviewKey({ ...none, code: 'KeyU', altKey: true, metaKey: true }), null);
    assert.equal(reviewKey({ ...none, code: 'ArrowDown', altKey: true, shiftKey: true }), null);
  });
});

import assert from 'node:assert/strict';
import { editText } from '../../../../../src/extension/chat/tools/editText.ts';

describe('edit text', () => {
  it('counts occurrences that overlap, since either could be meant', () => {
    const edited = editText('ababa', 'aba', 'x');
    assert.match(edited.kind === 'refusal' ? edited.reason : edited.text, /occurs 2 times/);
  });
});

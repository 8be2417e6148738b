import assert from 'node:assert/strict';
import { commandAt, completed, mentionAt } from '../../../../webview/chat/completionToken.ts';

/** The caret stands at `|`. */
const at = (marked: string) => mentionAt(marked.replace('|', ''), marked.indexOf('|'));

describe('an @ that is being typed', () => {
  it('is found at the caret, with the letters after it', () => {
    assert.deepEqual(at('@|'), { start: 0, end: 1, query: '' });
    assert.deepEqual(at('Look at @src/a| and'), { start: 8, end: 14, query: 'src/a' });
    assert.deepEqual(at('(@b|'), { start: 1, end: 3, query: 'b' });
    assert.deepEqual(at('line\n@x|'), { start: 5, end: 7, query: 'x' });
  });

  it('is none in an address, before the caret’s word, or far away', () => {
    assert.equal(at('me@example|'), null);
    assert.equal(at('@done and |'), null);
    assert.equal(at('|@later'), null);
    assert.equal(at(`@${'a'.repeat(400)}|`), null);
  });

  it('leaves the text without it, with one blank', () => {
    assert.equal(completed('Look at @src and', { start: 8, end: 12, query: 'src' }, ''), 'Look at and');
    assert.equal(completed('Look at @src', { start: 8, end: 12, query: 'src' }, ''), 'Look at ');
  });
});

describe('a command that is being typed', () => {
  const commandIn = (marked: string) => commandAt(marked.replace('|', ''), marked.indexOf('|'));

  it('is found at the beginning alone, and gives way to the whole name', () => {
    assert.deepEqual(commandIn('/|'), { start: 0, end: 1, query: '' });
    assert.deepEqual(commandIn('/ex| this'), { start: 0, end: 3, query: 'ex' });
    assert.equal(completed('/ex this', { start: 0, end: 3, query: 'ex' }, '/explain '), '/explain this');
  });

  it('is none further on, in a path, or once its words begin', () => {
    assert.equal(commandIn('Look /ex|'), null);
    assert.equal(commandIn('/src/a|'), null);
    assert.equal(commandIn('/ex|/a'), null);
    assert.equal(commandIn('/fix |'), null);
    assert.equal(commandIn('|/fix'), null);
  });
});

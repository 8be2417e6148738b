import assert from 'node:assert/strict';
import { fittingText } from '../../../../src/extension/rollback/fittingText.ts';

describe('fitting text', () => {
  it('keeps CRLF where all line ends were, and only there', () => {
    assert.equal(fittingText('a\nb\n', 'x\r\ny\r\n'), 'a\r\nb\r\n');
    assert.equal(fittingText('a\r\nb\n', 'x\r\ny\r\n'), 'a\r\nb\r\n');
    assert.equal(fittingText('a\nb\n', 'x\r\ny\n'), 'a\nb\n');
    assert.equal(fittingText('a\nb\n', 'x\n'), 'a\nb\n');
    assert.equal(fittingText('a\nb\n', null), 'a\nb\n');
  });

  it('keeps a byte order mark, once', () => {
    assert.equal(fittingText('a', '\uFEFFx'), '\uFEFFa');
    assert.equal(fittingText('\uFEFFa', '\uFEFFx'), '\uFEFFa');
    assert.equal(fittingText('a', 'x'), 'a');
  });
});

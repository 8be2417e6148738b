import assert from 'node:assert/strict';
import { textDirection } from '../../../../webview/chat/textDirection.ts';

describe('which way a text runs', () => {
  it('follows its first letter', () => {
    assert.equal(textDirection('12. שלום world'), 'rtl');
    assert.equal(textDirection('مرحبا'), 'rtl');
    assert.equal(textDirection('hello שלום'), 'ltr');
    assert.equal(textDirection('42'), 'ltr');
    assert.equal(textDirection(''), 'ltr');
  });
});

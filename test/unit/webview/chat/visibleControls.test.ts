import assert from 'node:assert/strict';
import { visibleControls } from '../../../../webview/chat/visibleControls.ts';

describe('characters that hide', () => {
  it('shows overrides, isolates and control characters by their names', () => {
    assert.equal(visibleControls('a\u202Eb\u2066c\u0000d\u009Be'), 'a[U+202E]b[U+2066]c[U+0000]d[U+009B]e');
  });

  it('leaves line ends, tabs, emoji and the marks of right-to-left writing alone', () => {
    const text = 'a\tb\r\nc שלום\u200F 👩‍💻';
    assert.equal(visibleControls(text), text);
  });
});

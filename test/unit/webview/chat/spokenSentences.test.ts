import assert from 'node:assert/strict';
import { SpokenSentences } from '../../../../webview/chat/spokenSentences.ts';

describe('speaking streamed text', () => {
  it('waits for whole sentences', () => {
    const spoken = new SpokenSentences();
    assert.equal(spoken.feed('The **table** is'), '');
    assert.equal(spoken.feed(' ready. Next'), 'The table is ready.');
    assert.equal(spoken.end(), 'Next');
    assert.equal(spoken.end(), '');
  });

  it('leaves code blocks out and Markdown’s marks away', () => {
    const spoken = new SpokenSentences();
    const text = '## Users\n- See [users.html](users.html) for `aria-sort`\n```js\nconst a = 1.5;\n```\nDone! ';
    assert.equal(spoken.feed(text), 'Users See users.html for aria-sort Done!');
  });

  it('does not break inside numbers and names', () => {
    assert.equal(
      new SpokenSentences().feed('It costs 1.24 tokens in styles.css today.\n'),
      'It costs 1.24 tokens in styles.css today.',
    );
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MarkdownBlocks } from '../../../../webview/chat/markdownBlocks.ts';

describe('cutting Markdown into blocks', () => {
  const cut = (text: string) => new MarkdownBlocks().update(text);

  it('keeps lists, fences and tables whole', () => {
    const text = 'Intro\n\n- one\n\n- two\n\n```js\na\n\nb\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nEnd';
    assert.deepEqual(
      cut(text).map(({ source }) => source.trim().split('\n')[0]),
      ['Intro', '- one', '```js', '| a | b |', 'End'],
    );
  });

  it('loses nothing of a growing text', () => {
    const pieces = fc.array(
      fc.constantFrom(
        'word ',
        '\n',
        '\n\n',
        '- item\n',
        '```\n',
        '# H\n',
        '> q\n',
        '| a | b |\n|--|--|\n',
        '    ',
        '1. n\n',
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const growing = new MarkdownBlocks();
        let text = '';
        for (const part of parts) growing.update((text += part));
        const joined = growing.update(text).map(({ source }) => source);
        assert.equal(joined.join('').replace(/\s/g, ''), text.replace(/\s/g, ''));
      }),
    );
  });

  it('leaves closed blocks the same objects while the last one grows', () => {
    const blocks = new MarkdownBlocks();
    const [first] = blocks.update('One\n\nTwo');
    const after = blocks.update('One\n\nTwo and more');
    assert.equal(after[0], first);
    assert.equal(after.length, 2);
  });

  it('begins anew when the text is another one', () => {
    const blocks = new MarkdownBlocks();
    blocks.update('One\n\nTwo');
    assert.deepEqual(
      blocks.update('Other').map(({ source }) => source),
      ['Other'],
    );
  });

  it('shows what would break the parser as plain text, and the rest as Markdown', () => {
    const blocks = cut(`Before\n\n${'>'.repeat(1_000)} deep\n\n**After**`);
    assert.deepEqual(
      blocks.map(({ plain }) => plain),
      [false, true, false],
    );
    for (const hostile of [`${'['.repeat(50_000)}x`, `${' '.repeat(80)}- deep`, 'x'.repeat(5_000_000)])
      assert.ok(cut(hostile).every(({ plain }) => plain));
    for (const emphasis of ['a*_'.repeat(4_000), '*a '.repeat(4_000), 'a_'.repeat(6_000)])
      assert.ok(cut(`# Title\n\n${emphasis}\n\nEnd`).some(({ plain }) => plain));
    const code = `\`\`\`py\n${'snake_case_name = other_name * 2\n'.repeat(400)}\`\`\``;
    assert.ok(
      cut(code).every(({ plain }) => !plain),
      'names in code are no emphasis',
    );
  });
});

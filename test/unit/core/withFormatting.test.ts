import assert from 'node:assert/strict';
import { withFormatting } from '../../../src/core/withFormatting.ts';

const lines = (...all: string[]) => all.map((line) => `${line}\n`).join('');

describe('a text with what a formatter made of an edited one', () => {
  it('is what the formatter made where nothing was edited', () => {
    assert.equal(withFormatting('  a\r\nb', { from: '  a\r\nb', to: 'a\nb;\n' }), 'a\nb;\n');
  });

  it('is without lines that were written between, before and after, though every line is another now', () => {
    const left = lines('  one()', '  two( )', '', '  three()');
    const from = lines('  first()', '  one()', '  two( )', '  mine( )', '', '  three()', '  last()');
    const to = lines('first();', 'one();', 'two();', 'mine();', '', 'three();', 'last();');
    assert.equal(withFormatting(left, { from, to }), lines('one();', 'two();', '', 'three();'));
  });

  it('has the lines that were deleted, as they were', () => {
    const left = lines('  one', '  two', '  three');
    const edited = { from: lines('  one', '  three'), to: lines('one', 'three') };
    assert.equal(withFormatting(left, edited), lines('one', '  two', 'three'));
  });

  it('leaves the very lines that were edited as they were', () => {
    const left = lines('  one', '  two', '  three');
    const edited = { from: lines('  one', '  two (mine)', '  three'), to: lines('one', 'two(mine)', 'three') };
    assert.equal(withFormatting(left, edited), lines('one', '  two', 'three'));
  });

  it('takes over what an action added elsewhere', () => {
    const left = lines('use(a)', 'use(b)');
    const from = lines('use(a)', 'use(b)', 'use(mine)');
    const to = lines("import { a, b, mine } from 'x';", 'use(a)', 'use(b)', 'use(mine)');
    assert.equal(withFormatting(left, { from, to }), lines("import { a, b, mine } from 'x';", 'use(a)', 'use(b)'));
  });

  it('keeps line ends, repeated lines and a missing last line end', () => {
    const left = '  a {\r\n  }\r\n  b {\r\n  }';
    const from = '  a {\r\n  }\r\n  mine {\r\n  }\r\n  b {\r\n  }';
    const to = 'a {\r\n}\r\nmine {\r\n}\r\nb {\r\n}';
    const text = withFormatting(left, { from, to });
    assert.match(text, /^a \{\r\n[^]*b \{\r\n\s*\}$/);
    assert.doesNotMatch(text, /mine/);
  });
});

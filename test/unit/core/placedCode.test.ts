import assert from 'node:assert/strict';
import { placedCode } from '../../../src/core/placedCode.ts';

const file = [
  'import a;',
  '',
  'class A {',
  '  one() {',
  '    return 1;',
  '  }',
  '',
  '  two() {',
  '    return 2;',
  '  }',
  '}',
  '',
];
const text = file.join('\n');
const lines = (from: number, to: number, ...block: string[]) =>
  [...file.slice(0, from), ...block, ...file.slice(to + 1)].join('\n');

describe('a code block in a file', () => {
  it('takes the place of the lines from its first to its last, in the file’s indentation', () => {
    const block = 'two() {\n  return 3;\n\n  // more\n}';
    assert.equal(placedCode(text, block, null), lines(7, 9, '  two() {', '    return 3;', '', '    // more', '  }'));
    assert.equal(
      placedCode(text, '  one() {\n    return 9;\n  }\n', null),
      lines(3, 5, '  one() {', '    return 9;', '  }'),
    );
  });

  it('takes the place of what is selected before all', () => {
    const start = text.indexOf('return 1;');
    const placed = placedCode(text, 'two() {\n}\n', { start, end: start + 9 });
    assert.equal(placed, text.replace('return 1;', 'two() {\n}'));
  });

  it('is the whole file where it begins as that does, or is about as long, or where the file is empty', () => {
    assert.equal(placedCode(text, 'import a;\nlet b;\nlet c;', null), 'import a;\nlet b;\nlet c;\n');
    const long = 'x\n'.repeat(8);
    assert.equal(placedCode(text, long, null), long);
    assert.equal(placedCode(' \n', 'let b;', { start: 1, end: 1 }), 'let b;\n');
  });

  it('stands at the caret’s line, or at the end, where it is a new part; nothing is lost', () => {
    const caret = text.indexOf('two() {');
    assert.equal(placedCode(text, '  three() {}\n', { start: caret, end: caret }), lines(7, 6, '  three() {}'));
    assert.equal(placedCode(text, 'export { A };', null), `${text}\nexport { A };\n`);
  });

  it('does not guess where its first line stands twice, or its last is not there', () => {
    const twice = `${'if (a) {\n  b();\n}\n'.repeat(2)}${'c();\n'.repeat(20)}`;
    assert.equal(placedCode(twice, 'if (a) {\n  d();\n}', null), `${twice}\nif (a) {\n  d();\n}\n`);
    assert.equal(placedCode(text, '  one() {\n  });', null), `${text}\n  one() {\n  });\n`);
  });

  it('finds its place in a file with CRLF, and leaves the other lines as they are', () => {
    const placed = placedCode(text.replaceAll('\n', '\r\n'), 'two() {\n  return 3;\n}', null);
    assert.ok(placed.startsWith('import a;\r\n\r\nclass A {\r\n'));
    assert.match(placed, / {2}two\(\) \{\n {4}return 3;\n {2}\}\n\}\r\n$/);
  });
});

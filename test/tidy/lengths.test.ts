import assert from 'node:assert/strict';
import ts from 'typescript';
import { lineOf, parse, sourceTree, typescriptFiles, walk } from '../support/sourceTree.ts';

const MAX_FILE_LINES = 400;
const MAX_FUNCTION_LINES = 70;
const MAX_WIDTH = 120;

/** Tables of words and numbers: their length and width are those of what they list. */
const DATA_TABLES = /Vocabulary\.ts$|\/(lexicon|hues|sampleRows)\.ts$/;

const files = sourceTree([...typescriptFiles, '*.mjs', 'scripts/**/*.mjs']).filter(
  ({ path }) => !DATA_TABLES.test(path),
);

describe('lengths', () => {
  it(`no file is over ${MAX_FILE_LINES} lines`, () => {
    const long = files.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
    assert.deepEqual(
      long.filter(({ lines }) => lines > MAX_FILE_LINES).map(({ path, lines }) => `${path} has ${lines} lines`),
      [],
    );
  });

  it(`no function is over ${MAX_FUNCTION_LINES} lines`, () => {
    const long: string[] = [];
    for (const file of files) {
      for (const node of walk(parse(file))) {
        const lines = ts.isFunctionLike(node) && !isDescribeBody(node) ? node.getText().split('\n').length : 0;
        if (lines > MAX_FUNCTION_LINES) long.push(`${file.path}:${lineOf(node)} has ${lines} lines`);
      }
    }
    assert.deepEqual(long, []);
  });

  it(`no line is over ${MAX_WIDTH} characters`, () => {
    const wide = files.flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) => (isWide(line) ? [`${path}:${index + 1}`] : [])),
    );
    assert.deepEqual(wide, []);
  });
});

/** A regular expression, a text and an import cannot be broken where a line would have to end. */
function isWide(line: string): boolean {
  if (line.length <= MAX_WIDTH) return false;
  const comment = /^\s*(\/\/|\/?\*)/.test(line);
  return comment || !/[`'"]|\/[^/\s].*\/[dgimsuvy]*[,;.)]/.test(line);
}

/** A group of tests is as long as its tests are many. */
function isDescribeBody(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && node.parent.expression.getText() === 'describe';
}

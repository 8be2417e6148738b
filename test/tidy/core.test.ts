import assert from 'node:assert/strict';
import ts from 'typescript';
import { lineOf, parse, sourceTree, walk } from '../support/sourceTree.ts';

/** What would make the same question have two answers, or reach outside. */
const IMPURE = [
  ...['Date.now', 'Math.random', 'performance.now', 'crypto.randomUUID', 'crypto.getRandomValues'],
  ...['setTimeout', 'setInterval', 'queueMicrotask', 'fetch', 'process.env', 'process.hrtime', 'console.log'],
];

describe('core', () => {
  it('has no clock, no randomness and no input or output', () => {
    const wrong: string[] = [];
    for (const file of sourceTree(['src/core/**/*.ts'])) {
      for (const node of walk(parse(file))) {
        if (isImpure(node)) wrong.push(`${file.path}:${lineOf(node)} ${node.getText()}`);
      }
    }
    assert.deepEqual(wrong, []);
  });
});

function isImpure(node: ts.Node): boolean {
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date') return (node.arguments ?? []).length === 0;
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return true;
  if (ts.isPropertyAccessExpression(node)) return IMPURE.includes(node.getText());
  return ts.isCallExpression(node) && IMPURE.includes(node.expression.getText());
}

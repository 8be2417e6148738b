import assert from 'node:assert/strict';
import ts from 'typescript';
import { importsOf } from '../support/importsOf.ts';
import { lineOf, parse, sourceTree, walk } from '../support/sourceTree.ts';

const files = sourceTree(['src/backend/**/*.ts']);

/** The folder of the noun, or undefined for a file of no noun, such as a root. */
const nounOf = (file: string): string | undefined => /^src\/backend\/([^/]+)\//.exec(file)?.[1];

/** Folders that are no nouns of the domain: where rows live, and how requests arrive. */
const GROUND = new Set(['database', 'http']);

describe('the nouns of the backend', () => {
  it('never reach into the store of another noun', () => {
    const wrong = files.flatMap(importsOf).filter(({ from, to, relative, typeOnly }) => {
      const [own, other] = [nounOf(from), nounOf(to)];
      return (
        relative && !typeOnly && own !== undefined && other !== undefined && own !== other && /Store\.ts$/.test(to)
      );
    });
    assert.deepEqual(
      wrong.map(({ at, to }) => `${at} imports ${to}`),
      [],
    );
  });

  it('the ledger knows no other noun', () => {
    const wrong = files.flatMap(importsOf).filter(({ from, to, relative }) => {
      const other = nounOf(to);
      return nounOf(from) === 'ledger' && relative && other !== undefined && other !== 'ledger' && !GROUND.has(other);
    });
    assert.deepEqual(
      wrong.map(({ at, to }) => `${at} imports ${to}`),
      [],
    );
  });

  it('write SQL only in a store or under database/', () => {
    const wrong: string[] = [];
    for (const file of files) {
      if (/Store\.ts$/.test(file.path) || nounOf(file.path) === 'database') continue;
      for (const node of walk(parse(file))) {
        if (isText(node) && SQL.test(node.getText())) wrong.push(`${file.path}:${lineOf(node)}`);
      }
    }
    assert.deepEqual(wrong, []);
  });
});

const SQL = /\b(select\b[\s\S]+\bfrom\b|insert\s+into|update\s+\w+\s+set|delete\s+from|create\s+(table|index))\b/;

function isText(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

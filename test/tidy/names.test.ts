import assert from 'node:assert/strict';
import path from 'node:path';
import ts from 'typescript';
import { parse, sourceTree, typescriptFiles, type SourceFile } from '../support/sourceTree.ts';

const files = sourceTree(typescriptFiles).filter(({ path: file }) => !file.endsWith('.d.ts') && !file.endsWith('.mts'));

/** Names that say nothing about what is inside. */
const EMPTY_WORDS = ['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'misc', 'manager'];
const EMPTY_FILES = ['types.ts', 'index.ts'];

/** Many shapes or words side by side, named after what they are about together. */
const COLLECTIONS = /^src\/protocol\/|Vocabulary\.ts$|arbitraries\.ts$/;

/** Stands in for a module of that name. */
const STAND_INS = /\/fastWebUtilities\.ts$/;

/** Entries: a process or a page starts in them, so what they do matters and not what they export. */
const ROOTS = /(^|\/)(main|extension|admin)\.ts$/;

describe('names', () => {
  it('say something', () => {
    const wrong = files.filter(({ path: file }) => {
      const names = file.replace(/(\.test)?\.ts$/, '').split('/');
      // What a name is stands last: commonThing is a thing, pathUtils are utils.
      const nouns = names.map((name) => wordsOf(name).at(-1) ?? '');
      return nouns.some((noun) => EMPTY_WORDS.includes(noun)) || EMPTY_FILES.includes(path.basename(file));
    });
    assert.deepEqual(
      wrong.map((file) => file.path),
      [],
    );
  });

  it('of files that export one thing are the name of that thing', () => {
    const wrong = modules().filter((file) => {
      const exported = exportsOf(file);
      const words = wordsOf(path.basename(file.path, '.ts'));
      return (
        exported.length === 1 && !exported.some((name) => wordsOf(name).some((word) => words.some(sameStem(word))))
      );
    });
    assert.deepEqual(
      wrong.map((file) => `${file.path} exports ${exportsOf(file).join(', ')}`),
      [],
    );
  });

  it('of files are in camelCase', () => {
    const wrong = files.filter(
      ({ path: file }) => !/^[a-z][a-zA-Z0-9]*(\.(test|worker))?\.ts$/.test(path.basename(file)),
    );
    assert.deepEqual(
      wrong.map((file) => file.path),
      [],
    );
  });
});

describe('what a file exports', () => {
  it('stands before what only the file itself uses', () => {
    const wrong = modules().filter((file) => {
      const first = parse(file).statements.find((statement) => !ts.isImportDeclaration(statement));
      return exportsOf(file).length > 0 && first !== undefined && ts.isFunctionDeclaration(first) && !isExported(first);
    });
    assert.deepEqual(
      wrong.map((file) => file.path),
      [],
    );
  });
});

function modules(): SourceFile[] {
  const named = files.filter(({ path: file }) => [ROOTS, COLLECTIONS, STAND_INS].every((rule) => !rule.test(file)));
  return named.filter(({ path: file }) => !file.endsWith('.test.ts'));
}

function exportsOf(file: SourceFile): string[] {
  return parse(file).statements.filter(isExported).flatMap(declaredNames);
}

function isExported(statement: ts.Statement): boolean {
  if (ts.isExportDeclaration(statement)) return true;
  if (!ts.canHaveModifiers(statement)) return false;
  return (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const named = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  if (named || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
    return statement.name === undefined ? [] : [statement.name.text];
  }
  return [];
}

/** `holdTtlSeconds` is hold, ttl, seconds. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** `advice` and `advise`, `plan` and `plans` are the same word. */
function sameStem(word: string): (other: string) => boolean {
  return (other) => word.slice(0, STEM_LETTERS) === other.slice(0, STEM_LETTERS);
}

const STEM_LETTERS = 4;

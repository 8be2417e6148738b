import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { projectRoot } from '../../scripts/projectRoot.ts';
import { sourceTree, typescriptFiles, type SourceFile } from '../support/sourceTree.ts';

/** The top level that was agreed on. */
const TOP_LEVEL = [
  ...['src', 'webview', 'media', 'test', 'package.json', 'tsconfig.json', 'esbuild.config.mjs'],
  ...['.vscodeignore', 'README.md', 'LICENSE', 'examples', '.ci/run'],
];

// This folder is left out where it would find its own rules.
const code = sourceTree([...typescriptFiles, '*.mjs', 'scripts/*.mjs']).filter(({ path: file }) => !isRule(file));
const everything = sourceTree(['**/*', '.ci/*', '.vscode/*', '.*.json', '.gitignore', '.vscodeignore']);

const lockText = readFileSync(path.join(projectRoot, 'package-lock.json'), 'utf8');
const Entry = z.looseObject({ optionalDependencies: z.optional(z.record(z.string(), z.string())) });
const Lock = z.looseObject({ packages: z.record(z.string(), Entry) });

describe('the tree', () => {
  it('has the top level that was agreed on', () => {
    assert.deepEqual(
      TOP_LEVEL.filter((entry) => !existsSync(path.join(projectRoot, entry))),
      [],
    );
  });

  it('has no skipped or exclusive test', () => {
    assert.deepEqual(found(tests(), /\b(describe|it|context)\.(skip|only)\(|\bx(it|describe)\(|\bthis\.skip\(/), []);
  });

  it('has no test that sleeps: an event is awaited instead', () => {
    assert.deepEqual(
      found(tests(), /waitForTimeout\(|\bsleep\(|setTimeout\((resolve|done|r)\b|timers\/promises'.*Timeout/),
      [],
    );
  });

  it('silences neither the compiler nor the linter', () => {
    assert.deepEqual(found(code, /@ts-(ignore|nocheck|expect-error)|eslint-disable/), []);
  });

  it('has no note to self', () => {
    assert.deepEqual(found(code, /\b(TODO|FIXME|XXX|HACK)\b/), []);
  });

  it('names no machine and no registry', () => {
    const machine = /(^|[\s"'`(=:])\/(home|Users|root|work)\/[\w.-]+|registry\.\w+\.\w+|[A-Z]:\\Users\\/m;
    assert.deepEqual(found(everything.filter(isOurText), machine), []);
  });

  it('locks what is installed without saying from where', () => {
    assert.doesNotMatch(lockText, /"resolved"/);
  });

  it('locks what every platform needs, else npm ci refuses on all of them', () => {
    const { packages } = Lock.parse(JSON.parse(lockText));
    const locked = new Set(Object.keys(packages).map((folder) => folder.replace(/^.*node_modules\//, '')));
    const named = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
    assert.deepEqual(
      named.filter((name) => !locked.has(name)),
      [],
    );
  });
});

function tests(): SourceFile[] {
  return code.filter(({ path: file }) => file.startsWith('test/'));
}

function found(files: SourceFile[], pattern: RegExp): string[] {
  return files.flatMap(({ path: file, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  );
}

function isRule(file: string): boolean {
  return file.startsWith('test/tidy/');
}

function isOurText({ path: file }: SourceFile): boolean {
  return !isRule(file) && !/package-lock\.json$|\.(png|jpg|ttf|woff2?|ico|vsix|db|zip|gif|webp)$/.test(file);
}

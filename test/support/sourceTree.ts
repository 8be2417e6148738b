import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../../scripts/projectRoot.ts';

/** A file of ours, with a path relative to the checkout and `/` between its parts. */
export interface SourceFile {
  path: string;
  text: string;
}

/** Our own files that match, in a stable order; what is installed, built or fetched is never among them. */
export function sourceTree(globs: string[]): SourceFile[] {
  const found = globs.flatMap((glob) =>
    globSync(glob, { cwd: projectRoot, withFileTypes: true, exclude: ({ name }) => FOREIGN.has(name) }),
  );
  const files = found.filter((entry) => entry.isFile());
  const absolute = new Set(files.map(({ parentPath, name }) => path.join(parentPath, name)));
  return [...absolute].sort().map((file) => ({
    path: path.relative(projectRoot, file).split(path.sep).join('/'),
    text: readFileSync(file, 'utf8'),
  }));
}

export const typescriptFiles = ['{src,webview,test,scripts,bench}/**/*.ts', '*.mts'];

export function parse(file: SourceFile): ts.SourceFile {
  return ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
}

/** Every node below, itself first. */
export function* walk(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* walk(child);
}

export function lineOf(node: ts.Node): number {
  const file = node.getSourceFile();
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}

const FOREIGN = new Set(['node_modules', 'dist', '.vscode-test', '.git', 'screenshots']);

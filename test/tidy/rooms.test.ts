import assert from 'node:assert/strict';
import { builtinModules } from 'node:module';
import { importsOf, type Import } from '../support/importsOf.ts';
import { sourceTree } from '../support/sourceTree.ts';

/** Which rooms a room may import, itself included. */
const ROOMS: Record<string, string[]> = {
  'src/core': ['src/core'],
  'src/protocol': ['src/protocol', 'src/core'],
  'src/extension': ['src/extension', 'src/core', 'src/protocol'],
  'src/backend': ['src/backend', 'src/core', 'src/protocol'],
  webview: ['webview', 'src/core', 'src/protocol'],
};

/** Parse and compute, and touch nothing outside themselves. */
const PURE_LIBRARIES = new RegExp(
  `^(${[
    ...['postcss', 'postcss-scss', 'postcss-less', 'postcss-value-parser', '@babel/parser', '@babel/types', 'parse5'],
    'ignore',
    ...['@vue/compiler-dom', 'svelte', 'magic-string', 'culori', 'node-diff3', 'diff'],
  ].join('|')})(/|$)`,
);
const SERVER_LIBRARIES = /^(hono|@hono\/.*|kysely|pg|better-auth|@better-auth\/.*|stripe|pino|prom-client)(\/|$)/;
const PAGE_LIBRARIES =
  /^(lit|@vscode\/webview-ui-toolkit|@vscode-elements\/.*|dompurify|marked|uplot|@tanstack\/.*|monaco-editor|highlight\.js)(\/|$)/;

const BUILT_IN = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`)]);

const imports = sourceTree(['{src,webview}/**/*.ts']).flatMap(importsOf);
const roomOf = (file: string): string => Object.keys(ROOMS).find((room) => file.startsWith(`${room}/`)) ?? file;
const within = (...rooms: string[]): Import[] => imports.filter(({ from }) => rooms.includes(roomOf(from)));
const packages = (...rooms: string[]): Import[] => within(...rooms).filter(({ relative }) => !relative);
const breaches = (found: Import[]): string[] => found.map(({ at, to }) => `${at} imports ${to}`);

describe('the rooms', () => {
  it('import only the rooms they may', () => {
    assert.ok(imports.length > 0);
    const crossing = imports.filter(({ to, relative }) => relative && to !== 'package.json');
    const wrong = crossing.filter(({ from, to }) => !ROOMS[roomOf(from)]?.includes(roomOf(to)));
    assert.deepEqual(breaches(wrong), []);
  });

  it('core reaches nothing but core and pure parsing libraries', () => {
    assert.deepEqual(breaches(packages('src/core').filter(({ to }) => !PURE_LIBRARIES.test(to))), []);
  });

  it('protocol knows zod and nothing else', () => {
    assert.deepEqual(breaches(packages('src/protocol').filter(({ to }) => to !== 'zod' && to !== 'zod/mini')), []);
  });

  it('only the extension knows vscode', () => {
    const wrong = imports.filter(({ from, to }) => to === 'vscode' && roomOf(from) !== 'src/extension');
    assert.deepEqual(breaches(wrong), []);
  });

  it('pages reach nothing of Node', () => {
    assert.deepEqual(breaches(packages('webview').filter(({ to }) => BUILT_IN.has(to))), []);
  });

  it('server libraries stay in the backend, page libraries in the pages', () => {
    const server = packages('src/core', 'src/protocol', 'src/extension', 'webview');
    assert.deepEqual(breaches(server.filter(({ to }) => SERVER_LIBRARIES.test(to))), []);
    const page = packages('src/core', 'src/protocol', 'src/extension', 'src/backend');
    assert.deepEqual(breaches(page.filter(({ to }) => PAGE_LIBRARIES.test(to))), []);
  });

  it('the toolkit is imported in webview/components alone, so that another can take its place', () => {
    const toolkit = imports.filter(({ to }) => to.startsWith('@vscode/webview-ui-toolkit'));
    assert.deepEqual(breaches(toolkit.filter(({ from }) => !from.startsWith('webview/components/'))), []);
  });

  it('what the extension and the pages load uses zod/mini, because zod itself is 450 KB', () => {
    const start = imports.filter(({ from }) => ['src/extension', 'webview'].includes(roomOf(from)));
    const loaded = reachable(new Set(start.map(({ from }) => from)));
    const wrong = imports.filter(({ from, to, typeOnly }) => to === 'zod' && loaded.has(from) && !typeOnly);
    assert.deepEqual(breaches(wrong), []);
  });

  it('the checkpoint store runs without VS Code, whatever it imports on the way', () => {
    const loaded = reachable(new Set(['src/extension/node/checkpointStore.ts']));
    assert.deepEqual(breaches(imports.filter(({ from, to }) => to === 'vscode' && loaded.has(from))), []);
  });
});

/** Those files and all that they import at run time, directly or not. */
function reachable(files: Set<string>): Set<string> {
  const found = new Set(files);
  for (const file of found) {
    for (const { from, to, relative, typeOnly } of imports) {
      if (from === file && relative && !typeOnly) found.add(to);
    }
  }
  return found;
}

import type { FileSides, Review, ReviewedFile, Side } from '../../src/protocol/review.ts';
import { receipt } from './chatSnapshots.ts';
import type { ReviewScene } from './fakeReviewHost.ts';

type Generation = Extract<Review, { kind: 'generation' }>;

/** Every state of the review page that people meet, by name: for pictures, for axe and for overflow. */
export const reviewScenes: Record<string, ReviewScene> = {
  nothing: { review: { kind: 'nothing' }, sides: missing },
  dropped: { review: { kind: 'lost', prompt: 'Make a table', reason: 'dropped', detail: '' }, sides: missing },
  unreadable: {
    review: { kind: 'lost', prompt: 'Make a table', reason: 'unreadable', detail: 'the journal is damaged' },
    sides: missing,
  },
  pending: usersTable(),
  decided: usersTable({
    files: [
      reviewedFile('app.js', { keptHunks: [0] }),
      reviewedFile('users.html', { kind: 'created', state: 'kept', added: 3, removed: 0 }),
      reviewedFile('old.css', { kind: 'deleted', state: 'undone', added: 0, removed: 2 }),
      reviewedFile('src/a/very/deep/folder/with/a/long/name/component.tsx', { state: 'partly' }),
    ],
    canRedo: true,
  }),
  running: usersTable({ running: true, receipt: null }),
  localEdit: usersTable({ receipt: null, isFree: true, files: [reviewedFile('app.js')] }),
  restricted: usersTable({ canUndo: false }),
  continued: scene([reviewedFile('app.js')], () => ({ ...edited(appBefore, appAfter), byHunk: false })),
  moved: scene([reviewedFile('new/app.js', { kind: 'renamed', from: 'app.js', state: 'partly' })], () =>
    edited('a\n', 'A\n', 'a\n'),
  ),
  binary: scene([reviewedFile('logo.png', { added: 0, removed: 0 })], () => ({
    before: { kind: 'binary', bytes: 1_482 },
    after: { kind: 'binary', bytes: 2_310_000 },
    now: { kind: 'binary', bytes: 2_310_000 },
    byHunk: false,
  })),
  damaged: scene([reviewedFile('app.js')], () => ({
    before: { kind: 'damaged' },
    after: textSide('x\n'),
    now: textSide('x\n'),
    byHunk: false,
  })),
  outside: scene([reviewedFile('dist/app.js', { kind: 'outside', added: 0, removed: 0 })], missing),
};

/** A table of users over four files, with an edit of the person's in the first. */
export function usersTable(changes: Partial<Generation> = {}): ReviewScene {
  const files = [
    reviewedFile('app.js', { added: 4, removed: 2 }),
    reviewedFile('users.html', { kind: 'created', added: 3, removed: 0 }),
    reviewedFile('old.css', { kind: 'deleted', added: 0, removed: 2 }),
    reviewedFile('src/a/very/deep/folder/with/a/long/name/component.tsx', { added: 1, removed: 1 }),
  ];
  return scene(files, (path) => usersTableSides[path] ?? componentSides, changes);
}

export function scene(
  files: readonly ReviewedFile[],
  sides: (path: string) => FileSides,
  changes: Partial<Generation> = {},
): ReviewScene {
  const review: Generation = {
    kind: 'generation',
    id: 'g1',
    prompt: 'Create a users table with columns: name, email, status (as colored badge). Add sorting on all columns.',
    running: false,
    files: [...files],
    receipt: receipt('g1'),
    isFree: false,
    canRedo: false,
    canUndo: true,
    ...changes,
  };
  return { review, sides };
}

export function reviewedFile(path: string, changes: Partial<ReviewedFile> = {}): ReviewedFile {
  return {
    path,
    kind: 'edited',
    from: null,
    added: 1,
    removed: 1,
    state: 'pending',
    keptHunks: [],
    version: 1,
    ...changes,
  };
}

export function textSide(text: string): Side {
  return { kind: 'text', text };
}

/** The sides of a text that only the generation has changed. */
export function edited(before: string, after: string, now = after): FileSides {
  return { before: textSide(before), after: textSide(after), now: textSide(now), byHunk: true };
}

const rows = Array.from({ length: 30 }, (_, index) => `  row(${index}); // as it was`);
const body = (first: string[], last: string[], mine: string[]): string =>
  [...first, ...rows.slice(0, 15), ...mine, ...rows.slice(15), ...last, ''].join('\n');

const appBefore = body(["import { list } from './list.js';", 'function show() {'], ['}', 'show();'], []);
const appAfter = body(
  ["import { list } from './list.js';", "import { badge } from './badge.js';", 'function show(users) {'],
  ['}', 'const users = list();', 'show(users.map(badge));'],
  [],
);
const appNow = body(
  ["import { list } from './list.js';", "import { badge } from './badge.js';", 'function show(users) {'],
  ['}', 'const users = list();', 'show(users.map(badge));'],
  ['  mine();'],
);

const usersTableSides: Record<string, FileSides> = {
  'app.js': edited(appBefore, appAfter, appNow),
  'users.html': {
    before: { kind: 'absent' },
    after: textSide('<table>\n  <tr></tr>\n</table>\n'),
    now: textSide('<table>\n  <tr></tr>\n</table>\n'),
    byHunk: true,
  },
  'old.css': {
    before: textSide('a { color: red }\nb { color: blue }\n'),
    after: { kind: 'absent' },
    now: { kind: 'absent' },
    byHunk: true,
  },
};

const componentSides = edited('export const a: number = 1;\n', 'export const a: number = 2;\n');

function missing(): FileSides {
  return { before: { kind: 'absent' }, after: { kind: 'absent' }, now: { kind: 'absent' }, byHunk: true };
}

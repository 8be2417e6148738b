import * as z from 'zod/mini';
import type { AnsweredCalls, ToldCalls } from './checkedCalls.ts';
import { extensionCalls, Receipt } from './chat.ts';
import { RollbackPreview, RollbackScope } from './rollbackPreview.ts';

/**
 * What the review page and the extension say to each other: commands up, snapshots down. Texts are asked for file by
 * file, so that a generation of hundreds of files opens at once.
 */

const Count = z.int().check(z.nonnegative());

/** `partly`: some of its hunks are taken back. `outside`: something else changed it, so it can't be restored. */
export const ReviewedFile = z.object({
  path: z.string(),
  kind: z.enum(['created', 'edited', 'deleted', 'renamed', 'outside']),
  /** Where a renamed file stood before. */
  from: z.nullable(z.string()),
  added: Count,
  removed: Count,
  state: z.enum(['pending', 'kept', 'undone', 'partly']),
  /** Some of it is undone, also where what is left is kept: its lines are not those that stand. */
  partlyUndone: z.optional(z.literal(true)),
  /** Hunks that are kept, by their position; meaningless once the whole file is. */
  keptHunks: z.array(Count),
  /** Raised whenever what is there may have changed. */
  version: Count,
});
export type ReviewedFile = z.infer<typeof ReviewedFile>;

export const Review = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing') }),
  /** The checkpoints are gone: dropped to save space, or damaged as the store says. */
  z.object({
    kind: z.literal('lost'),
    prompt: z.string(),
    reason: z.enum(['dropped', 'unreadable']),
    detail: z.string(),
  }),
  z.object({
    kind: z.literal('generation'),
    /** The generation's or local edit's id. */
    id: z.string(),
    prompt: z.string(),
    running: z.boolean(),
    files: z.array(ReviewedFile),
    /** Null if it is not there yet, or not known any more. */
    receipt: z.nullable(Receipt),
    /** A local edit costs nothing and has no receipt. */
    isFree: z.boolean(),
    /** Whether a roll back of it can be redone. */
    canRedo: z.boolean(),
    /** False where nothing may be written, as in a folder that is not trusted. */
    canUndo: z.boolean(),
  }),
]);
export type Review = z.infer<typeof Review>;

/** What stood at a path at one time. */
export const Side = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('absent') }),
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('binary'), bytes: Count }),
  z.object({ kind: z.literal('link'), target: z.string() }),
  z.object({ kind: z.literal('folder') }),
  z.object({ kind: z.literal('damaged') }),
]);
export type Side = z.infer<typeof Side>;

/** A file before a generation, as the generation left it, and now. */
export const FileSides = z.object({
  before: Side,
  after: Side,
  now: Side,
  /** False where a generation came back to the file: its hunks can't be named, only the whole file. */
  byHunk: z.boolean(),
});
export type FileSides = z.infer<typeof FileSides>;

export const Decision = z.enum(['mine', 'old', 'both']);
export type Decision = z.infer<typeof Decision>;

/**
 * What is to be taken back: whole files, and hunks of one file. Decisions are by file, one for each overlap in order.
 */
export const UndoRequest = z.object({
  files: z.array(z.string()),
  hunks: z.nullable(z.object({ path: z.string(), positions: z.array(Count) })),
  decisions: z.record(z.string(), z.array(Decision)),
});
export type UndoRequest = z.infer<typeof UndoRequest>;

/** `conflicts`: nothing was changed, because later edits overlap in these files and nobody has decided yet. */
export const Outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done'), files: Count, damaged: z.array(z.string()) }),
  z.object({ kind: z.literal('conflicts'), paths: z.array(z.string()) }),
  z.object({ kind: z.literal('problem'), message: z.string() }),
]);
export type Outcome = z.infer<typeof Outcome>;

/** How the person likes a diff to be shown. */
export const DiffLayout = z.object({ sideBySide: z.boolean(), ignoresBlanks: z.boolean() });
export type DiffLayout = z.infer<typeof DiffLayout>;

const nothing = z.tuple([]);
const Path = z.string();
const done = z.union([z.void(), z.null()]);

/** What the page asks of the extension: arguments and answer of every call. */
export const reviewExtensionCalls = {
  ready: { args: nothing, answer: z.object({ review: Review, file: z.nullable(Path), layout: DiffLayout }) },
  sides: { args: z.tuple([Path]), answer: FileSides },
  /** Accepts files as they are; null is all of them. */
  keepFiles: { args: z.tuple([z.nullable(z.array(Path))]), answer: done },
  keepHunks: { args: z.tuple([Path, z.array(Count)]), answer: done },
  undo: { args: z.tuple([UndoRequest]), answer: Outcome },
  redo: { args: nothing, answer: Outcome },
  previewRollback: { args: z.tuple([RollbackScope]), answer: z.nullable(RollbackPreview) },
  rollBack: extensionCalls.rollBack,
  setLayout: { args: z.tuple([DiffLayout]), answer: done },
  openFile: extensionCalls.openFile,
  showLog: { args: nothing, answer: done },
} as const;

/** What the extension tells the page; none is answered. */
export const reviewPageCalls = {
  review: { args: z.tuple([Review]) },
  /** Shows a file of the review. */
  select: { args: z.tuple([Path]) },
} as const;

/** The extension's side as the page calls it. */
export type ReviewExtensionCalls = AnsweredCalls<typeof reviewExtensionCalls>;

/** The page's side as the extension calls it. */
export type ReviewPageCalls = ToldCalls<typeof reviewPageCalls>;

import { sameEntry, type Change, type FileEntry } from '../../../core/checkpoint.ts';
import { withFormatting } from '../../../core/withFormatting.ts';
import { Draft } from './draft.ts';
import type { Generation, History } from './history.ts';
import type { Captured } from './journalLine.ts';
import type { StoreParts } from './storeParts.ts';
import { bytesOf } from './textFile.ts';

/** One text that became another. */
export interface TextChange {
  readonly from: string;
  readonly to: string;
}

/** What a formatter's change adds to the generation that wrote a file last; `text` is what that then has left. */
export interface Formatting {
  readonly id: string;
  readonly captured: Captured;
  readonly text: string;
}

/**
 * What formatting a file adds to the generation that wrote it last, by any of its names. What the person typed before
 * is in both texts, so it stays theirs; where the formatter changed the very lines they typed in, so does that. Null
 * where nothing is added: no generation wrote it, it is rolled back, or what stands there is recorded at its end.
 */
export async function formattingOf(
  parts: StoreParts,
  history: History,
  names: readonly string[],
  change: TextChange,
): Promise<Formatting | null> {
  const written = writtenLast(history, names);
  if (written === null) return null;
  const { id, path, after } = written;
  const left = await new Draft(parts.fs, parts.paths, parts.blobs).text(path, after);
  if (left === null) return null;
  const text = withFormatting(left.text, change);
  if (text === left.text) return null;
  const content = await parts.blobs.putBytes(bytesOf({ text, encoding: left.encoding }));
  await parts.blobs.flush();
  const now = { kind: 'file' as const, ...content, mode: after.mode };
  return { id, text, captured: { path, before: after, after: now, added: 0, removed: 0 } };
}

/** The generation that a file's content is by; null if something else came after it, or nobody wrote it. */
function writtenLast(
  history: History,
  names: readonly string[],
): { readonly id: string; readonly path: string; readonly after: FileEntry } | null {
  const generations = [...history.generations.values()].filter(({ dropped }) => !dropped);
  if (generations.some(({ recorded }) => names.some((name) => recorded.has(name)))) return null;
  const isNamed = ({ path }: Change): boolean => names.includes(path);
  const last = history.changes.findLast(isNamed);
  const owned = generations.flatMap(({ id, changes }) => changes.filter(isNamed).map((change) => ({ id, change })));
  const latest = owned.toSorted((a, b) => a.change.position - b.change.position).at(-1);
  if (last?.after.kind !== 'file' || latest === undefined || !sameEntry(last.after, latest.change.after)) return null;
  return isRolledBack(history, latest) ? null : { id: latest.id, path: last.path, after: last.after };
}

function isRolledBack(history: History, { id, change }: { id: Generation['id']; change: Change }): boolean {
  return history.undoneOf(id).has(change.path);
}

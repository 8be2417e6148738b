import { absent, chained, netChanges, type Change, type Entry } from '../../../core/checkpoint.ts';
import { CheckpointError } from './checkpointError.ts';
import { Draft } from './draft.ts';
import type { History } from './history.ts';
import type { StoreParts } from './storeParts.ts';

/** What stood at a path at one time; a text without its byte order mark. */
export type FileSide =
  | { readonly kind: 'absent' | 'folder' | 'damaged' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'binary'; readonly bytes: number }
  | { readonly kind: 'link'; readonly target: string };

/** A file before some generations, as they left it, and now. */
export interface FileSides {
  readonly before: FileSide;
  readonly after: FileSide;
  readonly now: FileSide;
  /** False where something else came between their changes: hunks can't be told apart then, only the whole file. */
  readonly byHunk: boolean;
}

/** The sides of a file by the path under which the generations are listed with it; null if they did not touch it. */
export async function fileSides(
  parts: StoreParts,
  history: History,
  ids: readonly string[],
  path: string,
): Promise<FileSides | null> {
  const changes = ids.flatMap((id) => netChanges(history.generations.get(id)?.changes ?? []));
  const own = changes.filter((change) => change.path === path).sort((a, b) => a.position - b.position);
  const [first, last] = [own[0], own.at(-1)];
  if (first === undefined || last === undefined) return null;
  const draft = new Draft(parts.fs, parts.paths, parts.blobs);
  const place = history.placeOf(path, last.position);
  return {
    before: await sideOf(draft, path, beforeOf(first, changes)),
    after: await afterSide(parts, draft, place, last.after),
    now: parts.paths.isPlain(place) ? await sideOf(draft, place, await draft.get(place)) : { kind: 'absent' },
    byHunk: own.length === 1 || (chained(own) !== null && !ids.some((id) => history.undoneOf(id).get(path) === true)),
  };
}

/** A moved file comes from its old place. */
function beforeOf({ origin, before }: Change, changes: readonly Change[]): Entry {
  if (origin === undefined || before.kind !== 'absent') return before;
  return changes.find(({ path }) => path === origin)?.before ?? absent;
}

/** What a generation wrote is kept only as text, as the base of a merge: what is not there was binary. */
async function afterSide({ blobs }: StoreParts, draft: Draft, path: string, entry: Entry): Promise<FileSide> {
  const side = await sideOf(draft, path, entry);
  const isMissing = side.kind === 'damaged' && entry.kind === 'file' && !blobs.has(entry);
  return isMissing ? { kind: 'binary', bytes: entry.size } : side;
}

async function sideOf(draft: Draft, path: string, entry: Entry): Promise<FileSide> {
  if (entry.kind === 'link') return { kind: 'link', target: entry.target };
  if (entry.kind !== 'file') return { kind: entry.kind };
  try {
    const file = await draft.text(path, entry);
    return file === null ? { kind: 'binary', bytes: entry.size } : { kind: 'text', text: file.text };
  } catch (error) {
    if (error instanceof CheckpointError && error.kind === 'damaged') return { kind: 'damaged' };
    throw error;
  }
}

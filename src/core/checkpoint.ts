/** What stands at a path. A folder's mode is known only where it was removed; `mode` holds the permission bits. */
export type Entry =
  | { readonly kind: 'absent' }
  | FileEntry
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'folder'; readonly mode?: number | undefined };

/** A file by its content: `hash` is SHA-256 in hex, `size` in bytes. */
export interface FileEntry {
  readonly kind: 'file';
  readonly hash: string;
  readonly size: number;
  readonly mode: number;
}

/**
 * What one operation did at one path. `position` orders all changes of a store; `origin` is the path that a moved file
 * had before.
 */
export interface Change {
  readonly position: number;
  readonly path: string;
  readonly before: Entry;
  readonly after: Entry;
  readonly origin?: string | undefined;
  readonly added: number;
  readonly removed: number;
}

export type GenerationState = 'open' | 'kept' | 'rolledBack' | 'partly' | 'interrupted';

export const absent: Entry = { kind: 'absent' };

/** Whether two entries are the same to a rollback: content, mode and link target count, a folder's mode does not. */
export function sameEntry(a: Entry, b: Entry): boolean {
  if (a.kind === 'file' && b.kind === 'file') return a.hash === b.hash && a.mode === b.mode;
  if (a.kind === 'link' && b.kind === 'link') return a.target === b.target;
  return a.kind === b.kind;
}

/**
 * What taking a change back means for what stands there now; `merge` wants the three contents merged and given this
 * mode.
 */
export type Undo =
  | { readonly kind: 'settled'; readonly entry: Entry }
  | {
      readonly kind: 'merge';
      readonly before: FileEntry;
      readonly after: FileEntry;
      readonly now: FileEntry;
      readonly mode: number;
    }
  | { readonly kind: 'conflict' };

/**
 * Takes a change back from what is there now, without looking into files: base = after, theirs = before, ours = now.
 */
export function undoEntry(before: Entry, after: Entry, now: Entry): Undo {
  if (sameEntry(now, after)) return { kind: 'settled', entry: before };
  if (sameEntry(before, after) || sameEntry(now, before)) return { kind: 'settled', entry: now };
  if (after.kind !== 'file' || now.kind !== 'file') return { kind: 'conflict' };
  if (before.kind !== 'file')
    return now.hash === after.hash ? { kind: 'settled', entry: before } : { kind: 'conflict' };
  const mode = now.mode === after.mode ? before.mode : now.mode;
  if (now.hash === after.hash) return { kind: 'settled', entry: { ...before, mode } };
  if (before.hash === after.hash || now.hash === before.hash) return { kind: 'settled', entry: { ...now, mode } };
  return { kind: 'merge', before, after, now, mode };
}

/**
 * What a generation did in sum: changes of one path that follow on each other become one, what came to nothing is left
 * out, and a file that was moved twice comes from where it stood first. Changes with a person's edit between them stay
 * apart.
 */
export function netChanges(changes: readonly Change[]): Change[] {
  const net: Change[] = [];
  const latest = new Map<string, number>();
  for (const change of changes) {
    const index = latest.get(change.path);
    const earlier = index === undefined ? undefined : net[index];
    if (index !== undefined && earlier !== undefined && sameEntry(earlier.after, change.before)) {
      net[index] = joined(earlier, change);
    } else {
      latest.set(change.path, net.push(change) - 1);
    }
  }
  const byPath = new Map(net.map((change) => [change.path, change]));
  return net
    .filter((change) => !sameEntry(change.before, change.after))
    .map((change) => ({ ...change, origin: firstOrigin(change, byPath) }));
}

/**
 * One path's changes in order as one, where each begins with what the one before left; null if something came between.
 */
export function chained(changes: readonly Change[]): Change | null {
  const [first, ...rest] = changes;
  if (first === undefined) return null;
  return rest.reduce<Change | null>(
    (sum, change) => (sum !== null && sameEntry(sum.after, change.before) ? joined(sum, change) : null),
    first,
  );
}

/** A folder that only holds something else of the list says nothing by itself and is left out. */
export function withoutImpliedFolders<T extends { readonly path: string; readonly folder: boolean }>(
  items: readonly T[],
): T[] {
  return items.filter((item) => !item.folder || !items.some((other) => other.path.startsWith(`${item.path}/`)));
}

/** A path's folders, the nearest first. */
export function foldersAbove(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join('/'));
}

function joined(earlier: Change, later: Change): Change {
  return {
    ...later,
    before: earlier.before,
    origin: later.after.kind === 'absent' ? undefined : (later.origin ?? earlier.origin),
    added: earlier.added + later.added,
    removed: earlier.removed + later.removed,
  };
}

function firstOrigin(change: Change, byPath: ReadonlyMap<string, Change>): string | undefined {
  const seen = new Set([change.path]);
  let origin = change.origin;
  while (origin !== undefined && !seen.has(origin)) {
    seen.add(origin);
    const source = byPath.get(origin);
    if (source === undefined) return undefined;
    if (source.before.kind !== 'absent') return source.after.kind === 'absent' ? origin : undefined;
    origin = source.origin ?? undefined;
  }
  return undefined;
}

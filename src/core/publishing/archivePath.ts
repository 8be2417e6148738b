import { resolveWorkspacePath, type PathRefusal } from '../changeSet.ts';
import { neverPublished } from './neverPublished.ts';

/** Where an entry of an uploaded archive stands in the app, or why it is refused. */
export type ArchivePath =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'refusal'; readonly reason: PathRefusal | 'control' | 'deep' | 'private' };

/**
 * Checks the name of an archive's entry: relative, with `/`, without `..`, drive, NUL or control characters, of bounded
 * depth, and none of those that are never published. Names come from strangers.
 */
export function archivePath(name: string): ArchivePath {
  const resolved = resolveWorkspacePath(name);
  if (resolved.kind === 'refusal') return resolved;
  const { path } = resolved;
  if (/\p{Cc}/u.test(path)) return { kind: 'refusal', reason: 'control' };
  if (path.split('/').length > MOST_SEGMENTS) return { kind: 'refusal', reason: 'deep' };
  if (neverPublished(path)) return { kind: 'refusal', reason: 'private' };
  return { kind: 'file', path: path.normalize('NFC') };
}

/** Deeper folders than any tool makes. */
const MOST_SEGMENTS = 64;

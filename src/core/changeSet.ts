import { plainName } from './plainName.ts';

/** File changes that are applied as one. Paths are relative to the workspace folder, with `/`. */
export type ChangeSet = readonly FileChange[];

/** One change to one file. `mode` holds the permission bits, such as 0o755; `content` as text is written as UTF-8. */
export type FileChange =
  | { readonly kind: 'write'; readonly path: string; readonly content: string | Uint8Array; readonly mode?: number }
  | { readonly kind: 'delete'; readonly path: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }
  | { readonly kind: 'mode'; readonly path: string; readonly mode: number }
  | { readonly kind: 'symlink'; readonly path: string; readonly target: string }
  | { readonly kind: 'mkdir'; readonly path: string }
  | { readonly kind: 'rmdir'; readonly path: string };

export type PathRefusal = 'empty' | 'absolute' | 'drive' | 'outside' | 'backslash' | 'nul' | 'not_unicode' | 'too_long';

/** `path` is normalised: no `.` and no empty segment. `needsConsent` paths are only touched after an explicit yes. */
export type ResolvedPath =
  | { readonly kind: 'inside'; readonly path: string; readonly needsConsent: boolean }
  | { readonly kind: 'refusal'; readonly reason: PathRefusal };

/** Longer paths than this fail on common systems (Linux's PATH_MAX), or are an attack. */
const MAX_PATH_LENGTH = 4_096;

/**
 * Where a path that a model gave lies: inside the workspace, or refused. It must be relative, with `/`, and without
 * `..`, drive or NUL. Links are not seen here: whoever touches files resolves them once more.
 */
export function resolveWorkspacePath(path: string): ResolvedPath {
  const reason = refusalOf(path);
  if (reason !== null) return { kind: 'refusal', reason };
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.length === 0) return { kind: 'refusal', reason: 'empty' };
  const inside = segments.join('/');
  // After normalising, because `./C:` is a drive too once its `.` is gone.
  if (/^[a-z]:/i.test(inside)) return { kind: 'refusal', reason: 'drive' };
  return { kind: 'inside', path: inside, needsConsent: needsConsent(inside) };
}

/**
 * Whether a path reaches what could run code, hold secrets, unmake a rollback or send what is kept back: `.git`,
 * `.vscode`, `.env*`, `.tokenfare`, `.tokenfareignore`, `*.code-workspace`, or a short name that may stand for one of
 * them.
 */
export function needsConsent(path: string): boolean {
  return path.split('/').some((segment) => {
    const name = plainName(segment);
    const guarded = guardedNames.has(name) || name.startsWith('.env') || name.endsWith('.code-workspace');
    return guarded || SHORT_NAME.test(name);
  });
}

const guardedNames: ReadonlySet<string> = new Set(['.git', '.vscode', '.tokenfare', '.tokenfareignore']);

/** How Windows also calls a file, such as `GIT~1` or `ENV~2.LOC`: of which file cannot be told from the name. */
const SHORT_NAME = /^[^.]{1,6}~\d{1,6}(?:\.[^.]{0,3})?$/;

function refusalOf(path: string): PathRefusal | null {
  if (path.length > MAX_PATH_LENGTH) return 'too_long';
  if (path.includes('\0')) return 'nul';
  // Systems write half a character as another one, so that two such names are one file.
  if (!path.isWellFormed()) return 'not_unicode';
  if (path.includes('\\')) return 'backslash';
  if (path.startsWith('/')) return 'absolute';
  // Windows drops trailing dots and blanks of a name, so that `.. ` would climb too.
  return path.split('/').some((segment) => /^\.\.[. ]*$/.test(segment)) ? 'outside' : null;
}

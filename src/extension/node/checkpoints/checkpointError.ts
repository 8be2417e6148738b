/**
 * What went wrong, as a kind and its parameters: sentences are made where they are shown. Nothing is lost by any of
 * them.
 */
export class CheckpointError extends Error {
  readonly kind: CheckpointErrorKind;
  readonly details: CheckpointErrorDetails;

  constructor(kind: CheckpointErrorKind, details: CheckpointErrorDetails = {}, cause?: unknown) {
    super(
      [meanings[kind], details.path, details.blob, details.id, details.version, details.code]
        .filter(Boolean)
        .join(': '),
      {
        cause,
      },
    );
    this.name = 'CheckpointError';
    this.kind = kind;
    this.details = details;
  }
}

export type CheckpointErrorKind = keyof typeof meanings;

/** `path` is relative to the workspace folder unless the path that was given is not; `blob` is a content's SHA-256. */
export interface CheckpointErrorDetails {
  readonly path?: string;
  readonly blob?: string;
  readonly id?: string;
  readonly code?: string;
  readonly version?: string;
}

const meanings = {
  diskFull: 'The disk is full',
  readOnly: 'No permission to write here',
  locked: 'The file is in use by another program',
  changedMeanwhile: 'The file changed meanwhile',
  damaged: 'The checkpoint is damaged',
  outside: 'The path is outside the workspace folder',
  ownFiles: 'The path belongs to the checkpoint store',
  newerFormat: 'The checkpoints were written by a newer version',
  busy: 'Another window holds the checkpoint store',
  unknown: 'There is no such checkpoint',
  notOpen: 'The generation has ended',
  stillOpen: 'The generation is still running',
  exists: 'There is one already',
  missing: 'There is no such file',
  isFolder: 'The path is a folder',
  noSuchHunk: 'There is no such change in the file',
  unclear: 'There is no such way to decide an overlap, so nothing was done',
  closed: 'The checkpoint store is closed',
  failed: 'The file system refused',
} as const;

const kindsByCode: Readonly<Record<string, CheckpointErrorKind>> = {
  ENOSPC: 'diskFull',
  EDQUOT: 'diskFull',
  EACCES: 'readOnly',
  EPERM: 'readOnly',
  EROFS: 'readOnly',
  EBUSY: 'locked',
  ETXTBSY: 'locked',
};

/** An error of the file system as a CheckpointError that names the path; a CheckpointError stays what it is. */
export function checkpointErrorOf(error: unknown, path: string): CheckpointError {
  if (error instanceof CheckpointError) return error;
  const code = codeOf(error);
  return new CheckpointError(kindsByCode[code] ?? 'failed', code === '' ? { path } : { path, code }, error);
}

/** The system's code, such as ENOENT, or an empty string. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

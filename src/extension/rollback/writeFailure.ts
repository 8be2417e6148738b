/** Why a file could not be written, in one sentence for the model and the person. */
export function writeFailure(error: unknown, path: string): string {
  const code = codeOf(error);
  const known = code === undefined ? undefined : sentences[code];
  if (known) return known(path);
  return `${path} could not be written: ${error instanceof Error ? error.message : String(error)}`;
}

const readOnly = (path: string) => `${path} could not be written: the folder or file is read-only.`;
const inTheWay = (path: string) => `${path} could not be written: a file or folder of that name is in the way.`;

const sentences: Record<string, (path: string) => string> = {
  EACCES: readOnly,
  EPERM: readOnly,
  EROFS: readOnly,
  NoPermissions: readOnly,
  ENOSPC: (path) => `${path} could not be written: the disk is full.`,
  EISDIR: inTheWay,
  ENOTDIR: inTheWay,
  EEXIST: inTheWay,
  readOnly,
  diskFull: (path) => `${path} could not be written: the disk is full.`,
  locked: (path) => `${path} could not be written: another program holds it.`,
  isFolder: inTheWay,
  outside: (path) => `${path} leads outside the workspace. Nothing outside is written.`,
  changedMeanwhile: (path) => `${path} changed in the meantime. Read it again.`,
};

/** The checkpoint store names a kind, the system a code; either may be on the error or on what caused it. */
function codeOf(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('kind' in at && typeof at.kind === 'string' && at.kind in sentences) return at.kind;
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return undefined;
}

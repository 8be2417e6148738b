/**
 * The lines of those files that still stand, or of all where none does. Null where some of a file is undone: nobody has
 * counted the rest.
 */
export function standingLines(files: readonly CountedFile[]): Lines | null {
  const standing = files.filter(({ state }) => state !== 'undone');
  const counted = standing.length > 0 ? standing : files;
  if (counted.some(({ state, partlyUndone }) => state === 'partly' || partlyUndone)) return null;
  return {
    added: counted.reduce((sum, { added }) => sum + added, 0),
    removed: counted.reduce((sum, { removed }) => sum + removed, 0),
  };
}

export interface Lines {
  readonly added: number;
  readonly removed: number;
}

interface CountedFile extends Lines {
  readonly state?: string | undefined;
  readonly partlyUndone?: true | undefined;
}

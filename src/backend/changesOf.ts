import { statSync } from 'node:fs';

/**
 * Watches for a file that is written, made or taken away: the returned function says whether it is another than it was
 * at the start, and has been left alone for a moment. `file` answers undefined while there is none.
 */
export function changesOf(file: () => string | undefined): () => boolean {
  const before = stateOf(file());
  let last = before;
  return () => {
    const now = stateOf(file());
    const isStill = now === last;
    last = now;
    return isStill && now !== before;
  };
}

function stateOf(file: string | undefined): string {
  const found = file === undefined ? undefined : statSync(file, { throwIfNoEntry: false });
  return found === undefined ? 'none' : `${found.ino} ${found.size} ${found.mtimeMs}`;
}

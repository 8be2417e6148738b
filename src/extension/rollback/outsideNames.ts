import { isStaged } from '../../core/stagedName.ts';

/** Fewer files of one folder are named one by one; more are a build's, and its folder says it. */
const MOST_OF_A_FOLDER = 3;

/** As many as fit into a dry run; who changed more than this knows without a list. */
const MOST_NAMES = 20;

/**
 * Files that something else changed, as they are named to people: a folder of which many were changed is named as one,
 * with `/` at its end. Folders that only hold others of the list, what version control and we keep for ourselves, and
 * contents that wait to be put in their place are left out.
 */
export function outsideNames(paths: Iterable<string>): string[] {
  const all = [...new Set(paths)].filter((path) => !isState(path) && !isStaged(path));
  const files = all.filter((path) => !all.some((other) => other.startsWith(`${path}/`)));
  const names = [...Map.groupBy(files, topFolder)].flatMap(([folder, inFolder]) =>
    folder === null || inFolder.length <= MOST_OF_A_FOLDER ? inFolder : [folder],
  );
  return names.sort().slice(0, MOST_NAMES);
}

function isState(path: string): boolean {
  return path.split('/').some((name) => name === '.git' || name === '.tokenfare');
}

function topFolder(path: string): string | null {
  const end = path.indexOf('/');
  return end < 0 ? null : path.slice(0, end + 1);
}

/**
 * The paths that a person can mean by `query`, the likeliest first: those whose name begins with it, then those whose
 * name or path has it, then those that have its letters in this order. In any case; without a query, as they come.
 */
export function pathMatches(paths: readonly string[], query: string, most: number): string[] {
  const wanted = query.toLowerCase();
  if (wanted === '') return paths.slice(0, most);
  return paths
    .map((path) => ({ path, rank: rankOf(path.toLowerCase(), wanted) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((a, b) => a.rank - b.rank || a.path.length - b.path.length)
    .slice(0, most)
    .map(({ path }) => path);
}

const NO_MATCH = 4;

function rankOf(path: string, wanted: string): number {
  const name = path.slice(path.lastIndexOf('/', path.length - 2) + 1);
  if (name.startsWith(wanted)) return 0;
  if (name.includes(wanted)) return 1;
  if (path.includes(wanted)) return 2;
  return hasInOrder(path, wanted) ? 3 : NO_MATCH;
}

function hasInOrder(path: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = path.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

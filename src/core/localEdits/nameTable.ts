/** Numbers for names, shared by the files of an index so that each name is kept once. */
export type NameTable = Map<string, number>;

/** Runs of letters and digits, without the byte order mark, and the names of tags with their bracket. */
const RUN = /<[A-Za-z][A-Za-z0-9]*|[A-Za-z0-9\u0080-\ufefe\uff00-\uffff]+|\*/g;

/**
 * The names in a text and in what its file is called: words in lower case, the parts of camelCase too, tags as "<a",
 * and "*" for a selector of everything. Ascending numbers, ready for `hasName`.
 */
export function namesIn(text: string, table: NameTable, called: string): Uint32Array {
  const runs = new Set<string>(called.match(RUN));
  for (const [run] of text.matchAll(RUN)) runs.add(run);
  const ids = new Set<number>();
  for (const run of runs) for (const name of partsOf(run)) ids.add(idOf(name, table));
  return Uint32Array.from(ids).sort();
}

function partsOf(run: string): string[] {
  const whole = run.toLowerCase();
  if (run.startsWith('<')) return [whole, ...partsOf(run.slice(1))];
  if (run === whole || !/[a-z0-9][A-Z]/.test(run)) return [whole];
  return [
    whole,
    ...run
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(' '),
  ];
}

function idOf(name: string, table: NameTable): number {
  const known = table.get(name);
  if (known !== undefined) return known;
  table.set(name, table.size);
  return table.size - 1;
}

/** Whether a text has one of these names. */
export function hasAny(names: Uint32Array, table: NameTable, wanted: readonly string[]): boolean {
  return wanted.some((name) => {
    const id = table.get(name);
    return id !== undefined && includes(names, id);
  });
}

/** Whether a text has all the names of one of these groups; the answer takes as long for many groups as for one. */
export function anyOf(groups: readonly (readonly string[])[], table: NameTable): (names: Uint32Array) => boolean {
  const restByFirst = new Map<number, number[][]>();
  for (const group of groups) {
    const ids = group.map((name) => table.get(name));
    const known = ids.filter((id) => id !== undefined);
    const [first, ...rest] = known;
    if (first === undefined || known.length < ids.length) continue;
    const list = restByFirst.get(first);
    if (list) list.push(rest);
    else restByFirst.set(first, [rest]);
  }
  return (names) =>
    names.some((name) => restByFirst.get(name)?.some((rest) => rest.every((id) => includes(names, id))) ?? false);
}

function includes(sorted: Uint32Array, id: number): boolean {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle] ?? 0;
    if (value === id) return true;
    if (value < id) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** The words of a name or a text, as `namesIn` knows them. */
export function wordsOfName(name: string): string[] {
  return [...name.matchAll(RUN)].map(([run]) => run.toLowerCase());
}

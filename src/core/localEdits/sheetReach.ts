import { isPage, isSheet, type FileLinks } from './model/readLinks.ts';
import { sheetFinder, type SheetFinder } from './sheetFinder.ts';

/** Which sheets reach what stands in a file; see `reachOf`. */
export interface SheetReach {
  readonly byPath: ReadonlyMap<string, Reach>;
  /** Pages by what they link: sheets, what those import, scripts, and the page itself. */
  readonly pagesBy: ReadonlyMap<string, readonly string[]>;
  /** Pages that a bundler fills: what no page links may be on them. */
  readonly bundled: readonly string[];
}

/** What reaches a file: paths whose rules and variables hold for what stands in it. */
export interface Reach {
  /** Null where any file may. */
  always: ReadonlySet<string> | null;
  /** Those that hold under a condition only: a sheet for print. */
  sometimes: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();
const ANYTHING: Reach = { always: null, sometimes: NOTHING };

/**
 * A page is reached by the sheets that it links and by what those import; one that links no sheet of the workspace, or
 * is put together elsewhere, by any, unless it is a whole document with a style of its own, or one without any style
 * among pages that link theirs. A sheet stands for the pages that it reaches. Components meet everything: what
 * they are imported into is not in their text. So do sheets that no page links, unless there is nothing but pages that
 * do link theirs: then such a sheet is a draft, and says nothing about them.
 */
export function reachOf(files: ReadonlyMap<string, { path: string; links: FileLinks }>): SheetReach {
  const find = sheetFinder([...files.keys()]);
  const pages = [...files.values()].filter(({ path }) => isPage(path));
  const taken = new Map(pages.map((page) => [page.path, takenBy(page, files, find)]));
  const pagesBy = new Map<string, string[]>();
  for (const [page, { always, sometimes }] of taken) {
    for (const path of new Set([...always, ...sometimes])) {
      const list = pagesBy.get(path);
      if (list) list.push(page);
      else pagesBy.set(path, [page]);
    }
  }
  const loose = [...files.keys()].filter((path) => !isPage(path) && (!isSheet(path) || !pagesBy.has(path)));
  const bundled = pages.flatMap(({ path, links }) => (links.besides === 'unlinked' ? [path] : []));
  const sets = new Sets();
  const someLink = [...pagesBy.keys()].some(isSheet);
  const byPath = new Map(
    pages.map(({ path, links }) => {
      const isApart = links.apart === 'styled' || (links.apart === 'bare' && someLink);
      const reach = isApart ? sets.reach([path], []) : reachOfPage(links, taken.get(path), loose, sets);
      return [path, reach] as const;
    }),
  );
  const isApart = bundled.length === 0 && ![...byPath.values()].includes(ANYTHING) && !loose.some(isComponentFile);
  const joined = (linking: readonly string[]): Reach =>
    joinReaches(new Set(linking.map((page) => byPath.get(page) ?? ANYTHING)), linking, sets);
  const unlinked = isApart ? sets.reach(loose, []) : bundled.length > 0 ? joined(bundled) : ANYTHING;
  for (const path of files.keys()) {
    if (!isSheet(path)) continue;
    const linking = pagesBy.get(path);
    byPath.set(path, linking ? joined(linking) : unlinked);
  }
  return { byPath, pagesBy, bundled };
}

function isComponentFile(path: string): boolean {
  return /\.(?:[jt]sx|vue|svelte)$/i.test(path);
}

interface Taken {
  always: Set<string>;
  sometimes: Set<string>;
}

function takenBy(
  page: { path: string; links: FileLinks },
  files: ReadonlyMap<string, { path: string; links: FileLinks }>,
  find: SheetFinder,
): Taken {
  const taken: Taken = { always: new Set([page.path]), sometimes: new Set() };
  const waiting = [{ ...page, holds: true }];
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    for (const { source, always } of file.links.sheets) {
      const holds = always && file.holds;
      const { sheets, built } = find.sheet(file.path, source);
      for (const path of built) taken.sometimes.add(path);
      for (const path of sheets) {
        if (taken.always.has(path) || (!holds && taken.sometimes.has(path))) continue;
        (holds ? taken.always : taken.sometimes).add(path);
        waiting.push({ path, links: files.get(path)?.links ?? page.links, holds });
      }
    }
  }
  for (const source of page.links.scripts) for (const path of find.script(page.path, source)) taken.always.add(path);
  for (const path of taken.always) taken.sometimes.delete(path);
  return taken;
}

function reachOfPage({ besides }: FileLinks, taken: Taken | undefined, loose: readonly string[], sets: Sets): Reach {
  if (!taken || besides === 'any') return ANYTHING;
  const linksSheets = [...taken.always, ...taken.sometimes].some(isSheet);
  if (!linksSheets) return ANYTHING;
  const more = besides === 'unlinked' ? loose : [];
  return sets.reach([...taken.always, ...more], [...taken.sometimes]);
}

/** What may meet on the pages that link a sheet. */
function joinReaches(reaches: ReadonlySet<Reach>, pages: readonly string[], sets: Sets): Reach {
  const always = new Set(pages);
  const sometimes = new Set<string>();
  for (const reach of reaches) {
    if (reach.always === null) return ANYTHING;
    for (const path of reach.always) always.add(path);
    for (const path of reach.sometimes) sometimes.add(path);
  }
  return sets.reach([...always], [...sometimes]);
}

/** Reaches of the same files are the same object, so that kinds of elements can be told apart by it. */
class Sets {
  readonly #known = new Map<string, Reach>();

  reach(always: readonly string[], sometimes: readonly string[]): Reach {
    const holds = new Set([...always].sort());
    const may = new Set([...sometimes].filter((path) => !holds.has(path)).sort());
    const key = [...holds, '', ...may].join('\n');
    const known = this.#known.get(key) ?? { always: holds, sometimes: may };
    this.#known.set(key, known);
    return known;
  }
}

/** What reaches a file of this path. */
export function reachFor(reach: SheetReach, path: string): Reach {
  return reach.byPath.get(path) ?? ANYTHING;
}

/** Whether what a file says may hold for what is reached, if only sometimes. */
export function mayReach({ always, sometimes }: Reach, path: string): boolean {
  return always === null || always.has(path) || sometimes.has(path);
}

/** Whether a variable that one file defines may be meant where another file names it. */
export function mayMeet(reach: SheetReach, defined: string, used: string): boolean {
  if (defined === used) return true;
  const [there, here] = [reachFor(reach, defined), reachFor(reach, used)];
  return there.always === null || mayReach(here, defined) || mayReach(there, used);
}

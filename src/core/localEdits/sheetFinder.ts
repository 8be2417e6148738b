/** Finds the files of a workspace that a link or an import means. */
export interface SheetFinder {
  /** The sheets to which a link or an import leads, and the built ones that stand beside their source. */
  sheet(from: string, source: string): { sheets: string[]; built: string[] };
  script(from: string, source: string): string[];
}

/** Links are looked up by the last part of their path, so that a large workspace costs no more than a small one. */
export function sheetFinder(paths: readonly string[]): SheetFinder {
  const names = new Map<string, string[]>();
  for (const path of paths) {
    const name = nameOf(path);
    const list = names.get(name);
    if (list) list.push(path);
    else names.set(name, [path]);
  }
  return {
    sheet: (from, source) => findSheet(names, from, source),
    script: (from, source) => {
      const wanted = wantedPath(from, source);
      return wanted === null ? [] : lookUp(names, from, wanted, AS_WRITTEN);
    },
  };
}

type Names = ReadonlyMap<string, readonly string[]>;

/** Where a link leads; what a server or a tool takes for its root is not said, so the end of a path may have to do. */
interface Wanted {
  path: string;
  /** Null where only the very path will do. */
  tail: string | null;
}

function findSheet(names: Names, from: string, source: string): { sheets: string[]; built: string[] } {
  const wanted = wantedPath(from, source);
  if (!wanted) return { sheets: [], built: [] };
  let direct: string[] = [];
  for (const spelling of spellingsOf(wanted.path))
    if (direct.length === 0) direct = lookUp(names, from, wanted, spelling);
  if (!/\.css$/i.test(wanted.path)) return { sheets: direct, built: [] };
  const sources = SOURCES.flatMap((ending) => {
    const name = nameOf(wanted.path).replace(/\.css$/i, ending);
    return [name, `_${name}`].flatMap((each) => names.get(each) ?? []);
  });
  const beside = sources.filter((path) => direct.some((css) => withoutEnding(css) === withoutEnding(path)));
  if (beside.length > 0) return { sheets: beside, built: direct };
  const keys = new Set([wanted.path, joined(from, wanted.path)].map(placeOf));
  return { sheets: [...direct, ...sources.filter((path) => keys.has(placeOf(path)))], built: [] };
}

const SOURCES = ['.scss', '.less'];

/** Folders that keep sources apart from what is built of them. */
const TOOL_FOLDERS =
  /(?:^|\/)(?:css|scss|sass|less|styles?|stylesheets?|src|source|public|static|assets|dist|build)(?=\/)/g;

/** A path without its ending and the folders that tools ask for: src/scss/main.scss and css/main.css are alike. */
function placeOf(path: string): string {
  return withoutEnding(path).replace(TOOL_FOLDERS, '').replace(/^\//, '');
}

type Spelling = (path: string) => string;

const AS_WRITTEN: Spelling = (path) => path;
const AS_PARTIAL: Spelling = (path) => path.replace(/[^/]+$/, (name) => `_${name}`);

/** The ways in which sheets spell an import: whole, without its ending, as a partial, as a folder. */
function spellingsOf(path: string): Spelling[] {
  if (/\.(?:css|scss|less|html?)$/i.test(path)) return [AS_WRITTEN, AS_PARTIAL];
  return ['.scss', '.less', '.css'].flatMap((ending) => [
    (each: string) => each + ending,
    (each: string) => AS_PARTIAL(each + ending),
    (each: string) => `${each}/_index${ending}`,
    (each: string) => `${each}/index${ending}`,
  ]);
}

/** The path that a link means; null for one that leads out of the workspace. */
function wantedPath(from: string, source: string): Wanted | null {
  const plain = source.trim().replace(/[?#].*$/, '');
  if (plain === '' || /^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(plain)) return null;
  const rooted = plain.replace(/^(?:\/|~@?\/?|@\/?)/, '');
  if (rooted !== plain) return { path: rooted, tail: rooted };
  const tail = plain.replace(/^(?:\.{1,2}\/)+/, '');
  // A name alone means the file beside it, unless it is one that a tool looks up in its own folders.
  return { path: joined(from, plain), tail: tail.includes('/') || !/\.\w+$/.test(tail) ? tail : null };
}

function joined(from: string, source: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of source.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** The path itself, else those that end in the same and share most of the way with the file that asks. */
function lookUp(names: Names, from: string, { path, tail }: Wanted, spelling: Spelling): string[] {
  const wanted = spelling(path);
  const candidates = names.get(nameOf(wanted)) ?? [];
  if (candidates.includes(wanted)) return [wanted];
  if (tail === null) return [];
  const ending = candidates.filter((each) => `/${each}`.endsWith(`/${spelling(tail)}`));
  const shared = ending.map((each) => sharedFolders(each, from));
  const most = Math.max(...shared, 0);
  return ending.filter((_each, at) => shared[at] === most);
}

function sharedFolders(a: string, b: string): number {
  const [one, other] = [a.split('/'), b.split('/')];
  const differ = one.findIndex((part, at) => part !== other[at]);
  return differ < 0 ? one.length : differ;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function withoutEnding(path: string): string {
  return path.replace(/\.\w+$/, '').replace(/(^|\/)_(?=[^/]+$)/, '$1');
}

import ignore from 'ignore';

/**
 * Which files of a workspace folder are never sent to a model, by what the person wrote in `.tokenfareignore` and set
 * in `files.exclude`. Paths are relative to the folder, with `/`; case does not matter.
 */
export function keptBack({ ignoreFile, excluded }: KeepBackRules): KeptBack {
  const ignored = ignore().add(ignoreFile);
  const globs = Object.entries(excluded);
  const always = ignore().add(globs.flatMap(([glob, when]) => (when === true ? gitPatterns(glob) : [])));
  const beside = globs.flatMap(([glob, when]) =>
    typeof when === 'string' ? [{ hides: ignore().add(gitPatterns(glob)), when }] : [],
  );
  return {
    by: (path) => {
      if (path === '') return null;
      if (ignored.ignores(path)) return 'ignoreFile';
      return always.ignores(path) ? 'excluded' : null;
    },
    unlessGone: (path) => beside.filter(({ hides }) => hides.ignores(path)).map(({ when }) => siblingOf(path, when)),
  };
}

export interface KeepBackRules {
  /** The text of `.tokenfareignore`, in the syntax of `.gitignore`; empty if there is none. */
  readonly ignoreFile: string;
  /** `files.exclude`: VS Code's globs. A text is the name of the file beside it without which it is not hidden. */
  readonly excluded: Readonly<Record<string, boolean | string>>;
}

export interface KeptBack {
  readonly by: (path: string) => 'ignoreFile' | 'excluded' | null;
  /** Files beside it: while one of them is there, the path is excluded. */
  readonly unlessGone: (path: string) => string[];
}

/** Where people write what is never sent. */
export const IGNORE_FILE = '.tokenfareignore';

/** More alternatives than this in one glob are a mistake, and would take long. */
const MOST_ALTERNATIVES = 1_000;

/** VS Code's globs start at the folder and know `{a,b}`; what hides a folder hides all that is in it. */
function gitPatterns(glob: string): string[] {
  // Rather too much is kept back than too little.
  const globs = alternatives([glob]) ?? [glob.replace(/\{.*\}/, '*')];
  return globs.map((each) => `/${each.replace(/^\/+/, '')}`);
}

/** Without braces, the innermost taken apart first; null if there are too many. */
function alternatives(globs: readonly string[]): readonly string[] | null {
  const open = globs.find((glob) => INNERMOST.test(glob));
  if (open === undefined) return globs;
  if (globs.length > MOST_ALTERNATIVES) return null;
  const [braces = '', inner = ''] = INNERMOST.exec(open) ?? [];
  const apart = inner.split(',').map((each) => open.replace(braces, () => each));
  return alternatives([...globs.filter((glob) => glob !== open), ...apart]);
}

const INNERMOST = /\{([^{}]*)\}/;

function siblingOf(path: string, when: string): string {
  const [, folder = '', name = ''] = /^(.*\/)?([^/]*)$/.exec(path) ?? [];
  return folder + when.replaceAll('$(basename)', () => name.replace(/\.[^.]*$/, ''));
}

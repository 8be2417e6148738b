/** A selector as compounds from left to right; the last one is what it selects. */
export interface Selector {
  text: string;
  compounds: Compound[];
  specificity: readonly [number, number, number];
  /** :hover, :disabled and the like: it holds only sometimes. */
  state: boolean;
  /** "::placeholder" without colons, or null. */
  pseudoElement: string | null;
  /** Holds something this reader does not follow, so it may select anything. */
  opaque: boolean;
}

export interface Compound {
  combinator: '' | ' ' | '>' | '+' | '~';
  tag: string | null;
  id: string | null;
  classes: string[];
  attributes: { name: string; value: string | null }[];
  /** :first-child, :nth-child(2): selects some of what it names. */
  positional: boolean;
  root: boolean;
  /** :is, :where and :not: one of these selects it, or none does. */
  tests: { selectors: readonly Selector[]; negated: boolean }[];
}

/** What a selector can be tried on: an element of a file, or one made up from another selector. */
export interface Selectable {
  tag: string;
  id: string;
  classes: readonly string[];
  parent: Selectable | null;
  attributes: ReadonlyMap<string, { value: string }>;
}

const STATES =
  /^(?:hover|focus|focus-within|focus-visible|active|visited|target|disabled|enabled|checked|indeterminate|invalid|valid|required|optional|read-only|read-write|placeholder-shown|autofill|open|popover-open|fullscreen|default|user-invalid|user-valid|empty)$/;
const POSITIONS = /^(?:first-child|last-child|only-child|first-of-type|last-of-type|only-of-type|nth-|lang|dir)/;
const LEGACY_ELEMENTS = /^(?:before|after|first-line|first-letter)$/;

const PIECES =
  /\s*([>+~])\s*|(\s+)|\*|\.((?:[\w-]|[^\x00-\x7f]|\\.)+)|#((?:[\w-]|[^\x00-\x7f]|\\.)+)|\[\s*([\w-]+)\s*(?:[~^$*|]?=\s*("[^"]*"|'[^']*'|[\w-]+))?\s*[is]?\s*\]|(::?)([\w-]+)(\([^()]*(?:\([^()]*\)[^()]*)*\))?|([a-z][\w-]*)/iy;

/** Reads one complex selector (no commas at its top level). */
export function parseSelector(source: string): Selector {
  const text = source.trim().replace(/\s+/g, ' ');
  const selector: Selector = {
    text,
    compounds: [newCompound('')],
    specificity: [0, 0, 0],
    state: false,
    pseudoElement: null,
    opaque: false,
  };
  const counts: [number, number, number] = [0, 0, 0];
  let at = 0;
  while (at < text.length) {
    PIECES.lastIndex = at;
    const piece = PIECES.exec(text);
    if (!piece || piece[0] === '') {
      selector.opaque = true;
      break;
    }
    at += piece[0].length;
    readPiece(selector, piece, counts);
  }
  selector.state ||= selector.compounds.slice(0, -1).some(isTheme);
  return { ...selector, specificity: counts };
}

/** .dark .card, [data-theme='dark'] .card: a theme that holds only when it is switched on. */
function isTheme(compound: Compound): boolean {
  const byClass = compound.classes.some((name) =>
    /^(?:theme-|is-)?(?:dark|night|light|high-contrast)(?:-mode|-theme)?$/.test(name),
  );
  return (
    byClass ||
    compound.attributes.some(({ name }) => /^data-(?:bs-)?(?:theme|mode|color-scheme|color-mode)$/.test(name))
  );
}

function newCompound(combinator: Compound['combinator']): Compound {
  return { combinator, tag: null, id: null, classes: [], attributes: [], positional: false, root: false, tests: [] };
}

function readPiece(selector: Selector, piece: RegExpExecArray, counts: [number, number, number]): void {
  const [, combinator, space, className, id, attribute, attributeValue, colons, pseudo, argument, tag] = piece;
  const compound = selector.compounds.at(-1);
  if (!compound) return;
  if (combinator || space) selector.compounds.push(newCompound((combinator ?? ' ') as Compound['combinator']));
  else if (className) {
    compound.classes.push(className.replace(/\\/g, ''));
    counts[1]++;
  } else if (id) {
    compound.id = id;
    counts[0]++;
  } else if (attribute) {
    compound.attributes.push({
      name: attribute.toLowerCase(),
      value: attributeValue?.replace(/^["']|["']$/g, '') ?? null,
    });
    counts[1]++;
  } else if (tag) {
    compound.tag = tag.toLowerCase();
    counts[2]++;
  } else if (pseudo) readPseudo(selector, compound, colons ?? ':', pseudo.toLowerCase(), argument, counts);
}

function readPseudo(
  selector: Selector,
  compound: Compound,
  colons: string,
  name: string,
  argument: string | undefined,
  counts: [number, number, number],
): void {
  if (colons === '::' || LEGACY_ELEMENTS.test(name)) {
    selector.pseudoElement = name;
    counts[2]++;
  } else if (STATES.test(name)) {
    selector.state = true;
    counts[1]++;
  } else if (name === 'root') {
    compound.root = true;
    counts[1]++;
  } else if (POSITIONS.test(name)) {
    compound.positional = true;
    counts[1]++;
  } else if ((name === 'global' || name === 'deep') && argument) {
    const inner = parseSelector(argument.slice(1, -1)).compounds.at(-1);
    if (inner) Object.assign(compound, inner, { combinator: compound.combinator });
  } else if (TESTS.test(name) && argument) readTest(selector, compound, name, argument, counts);
  else if (name === 'link' || name === 'any-link' || name === 'host') counts[1]++;
  else selector.opaque = true;
}

const TESTS = /^(?:is|matches|where|not)$/;

/** The strongest of its selectors counts, whichever of them selects; in :where none does. */
function readTest(
  selector: Selector,
  compound: Compound,
  name: string,
  argument: string,
  counts: [number, number, number],
): void {
  const selectors = splitSelectorList(argument.slice(1, -1)).map(parseSelector);
  if (selectors.some(({ opaque }) => opaque)) selector.opaque = true;
  compound.tests.push({ selectors, negated: name === 'not' });
  const strongest = selectors
    .map(({ specificity }) => specificity)
    .sort(compareSpecificity)
    .at(-1);
  if (name === 'where' || !strongest) return;
  for (const index of [0, 1, 2] as const) counts[index] += strongest[index];
}

export function compareSpecificity(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a selector (its states aside) selects an element. Positional parts count as not selecting. */
export function selects(selector: Selector, element: Selectable): boolean {
  const { compounds } = selector;
  let found = childrenAt(compounds, compounds.length - 1, element);
  while (found && found.index > 0) {
    if (compounds[found.index]?.combinator !== ' ') return false;
    const before = found.index - 1;
    let outer = found.top.parent;
    found = null;
    // The nearest that fits leaves the most above it, so that none further out has to be tried.
    for (; outer && !found; outer = outer.parent) found = childrenAt(compounds, before, outer);
  }
  return found !== null;
}

/** Matches a compound and those that are joined to it by ">"; where that ends, in the selector and in the page. */
function childrenAt(
  compounds: readonly Compound[],
  last: number,
  element: Selectable,
): { index: number; top: Selectable } | null {
  let top: Selectable | null = element;
  for (let index = last; top; index--, top = top.parent) {
    const compound = compounds[index];
    if (!compound || !matchesCompound(compound, top)) return null;
    if (index === 0 || compound.combinator !== '>') return { index, top };
  }
  return null;
}

export function matchesCompound(compound: Compound, element: Selectable): boolean {
  if (compound.positional) return false;
  if (compound.root && element.tag !== 'html') return false;
  if (compound.tag && compound.tag !== element.tag) return false;
  if (compound.id && compound.id !== element.id) return false;
  if (!compound.classes.every((name) => element.classes.includes(name))) return false;
  // In its plain state no state holds.
  const holds = (selector: Selector): boolean => !selector.state && selects(selector, element);
  if (compound.tests.some(({ selectors, negated }) => selectors.some(holds) === negated)) return false;
  return compound.attributes.every(({ name, value }) => {
    const given = element.attributes.get(name)?.value;
    return given !== undefined && (value === null || value === given);
  });
}

/** Splits "a, b" at the commas that are not inside brackets. */
export function splitSelectorList(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < list.length; at++) {
    const mark = list.charAt(at);
    if (mark === '(' || mark === '[') depth++;
    else if (mark === ')' || mark === ']') depth--;
    else if (mark === ',' && depth === 0) {
      parts.push(list.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(list.slice(from));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

import { selectorOf } from '../cascade.ts';
import type { TargetPhrase } from '../intent.ts';
import type { IndexedSubject, Workspace } from '../workspace.ts';
import { conceptOf, isPlural } from './concepts.ts';
import { matchPhrase } from './matchPhrase.ts';

export interface Focus {
  path: string;
  offset: number;
}

/** Subjects that look the same to a style sheet, so that one rule serves them all. */
export interface SubjectGroup {
  key: string;
  cost: number;
  subjects: IndexedSubject[];
}

export interface Resolved {
  /** The best groups: one if the phrase is clear, more if it isn't. */
  groups: SubjectGroup[];
  many: boolean;
}

/** More differing places than this are a redesign. */
export const MAX_SUBJECTS = 200;

/** Groups whose costs differ by less than this name the thing equally well. */
const TIE = 0.35;

/** Finds what a phrase names. No groups at all if nothing fits. */
export function resolveTarget(
  workspace: Workspace,
  phrase: TargetPhrase,
  focus: Focus | null,
  fits: (subject: IndexedSubject) => boolean = () => true,
): Resolved {
  const words = wordsOfPhrase(phrase);
  const named = words.length > 0 || phrase.selector !== null;
  if (!named && !phrase.pointing) return { groups: [], many: false };
  const groups = groupSubjects(workspace, phrase, words, fits);
  const focused = focus && (phrase.pointing || groups.length > 1) ? atFocus(workspace, groups, focus) : [];
  if (phrase.pointing && focus) return { groups: focused, many: false };
  const best = groups[0]?.cost ?? 0;
  const tied = groups.filter((group) => group.cost - best < TIE);
  if (phrase.ordinal !== null) return { groups: nth(tied, phrase.ordinal), many: false };
  const inTie = focused.filter((group) => tied.some((other) => other.key === group.key));
  const many = phrase.many || isPlural(words.at(-1) ?? '');
  return { groups: tied.length > 1 && inTie.length > 0 && !many ? inTie : tied, many };
}

/** "the second button": the second in its page, if all that fit stand in one. */
function nth(groups: readonly SubjectGroup[], ordinal: number): SubjectGroup[] {
  const all = groups.flatMap((group) =>
    group.subjects.flatMap((subject) => (subject.element ? [{ group, subject, at: subject.element.start }] : [])),
  );
  if (new Set(all.map(({ subject }) => subject.path)).size > 1) return [];
  all.sort((a, b) => a.at - b.at);
  const found = all.at(ordinal > 0 ? ordinal - 1 : ordinal);
  return found && all.length > 1 ? [{ ...found.group, subjects: [found.subject] }] : [];
}

/** The words of a phrase with those around it first: "title in the header" is header title. */
export function wordsOfPhrase(phrase: TargetPhrase): string[] {
  const own = [...(phrase.quote ? [phrase.quote] : []), ...joinPairs(phrase.words)];
  return phrase.inside ? [...wordsOfPhrase(phrase.inside), ...own] : own;
}

const PAIRS = new Set([
  'nav bar',
  'side bar',
  'sub title',
  'sub heading',
  'drop down',
  'text field',
  'text box',
  'check box',
  'web site',
  'web page',
  'top bar',
  'tool bar',
  'tool tip',
  'input field',
  'search box',
  'search bar',
  'search field',
  'search input',
  'head line',
  'thumb nail',
  'place holder',
  'tab title',
  'browser title',
  'document title',
  'window title',
]);
const SEARCH = /^search (?:box|bar|field|input)$/;

function joinPairs(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const pair = `${words[at] ?? ''} ${words[at + 1] ?? ''}`.toLowerCase();
    const single = pair.replace(/s$/, '');
    if (!PAIRS.has(single)) joined.push(words[at] ?? '');
    else {
      at++;
      if (SEARCH.test(single)) joined.push('search', 'input');
      else if (single.endsWith(' title') && single !== 'sub title') joined.push('tabtitle');
      else joined.push(single.replace(' ', ''));
    }
  }
  return joined;
}

/** Tags of a page's head and of scripts: nothing that anyone sees. */
const UNSEEN = new Set([
  'head',
  'link',
  'meta',
  'script',
  'style',
  'base',
  'template',
  'noscript',
  'source',
  'track',
  'param',
]);

function groupSubjects(
  workspace: Workspace,
  phrase: TargetPhrase,
  words: readonly string[],
  fits: (subject: IndexedSubject) => boolean,
): SubjectGroup[] {
  const groups = new Map<string, SubjectGroup>();
  const byKind = new Map<number, KindAnswer>();
  for (const subject of workspace.subjects) {
    if (UNSEEN.has(subject.tag)) continue;
    const kind = byKind.get(subject.kind) ?? answerFor(subject, phrase, words);
    byKind.set(subject.kind, kind);
    const cost = kind.possible ? (kind.cost ?? costOf(subject, phrase, words)) : null;
    if (cost === null || !fits(subject)) continue;
    const { key } = kind;
    const group = groups.get(key);
    if (!group) groups.set(key, { key, cost, subjects: [subject] });
    else {
      group.subjects.push(subject);
      group.cost = Math.min(group.cost, cost);
    }
  }
  return preferBody([...groups.values()]).sort((a, b) => a.cost - b.cost);
}

/** The page is its body; html counts only where no body is in sight. */
function preferBody(groups: SubjectGroup[]): SubjectGroup[] {
  const isTag = (group: SubjectGroup, tag: string): boolean => group.subjects.every((subject) => subject.tag === tag);
  return groups.some((group) => isTag(group, 'body')) ? groups.filter((group) => !isTag(group, 'html')) : groups;
}

/** What holds for all subjects of a kind. */
interface KindAnswer {
  key: string;
  possible: boolean;
  /** Set where the text of the subject plays no part: for a phrase of one word. */
  cost: number | null;
}

function answerFor(subject: IndexedSubject, phrase: TargetPhrase, words: readonly string[]): KindAnswer {
  const key = keyOf(subject);
  if (phrase.quote !== null || phrase.selector !== null || words.length === 0)
    return { key, possible: true, cost: null };
  const head = matchPhrase(words.slice(-1), subject);
  if (words.length === 1) return { key, possible: head !== null, cost: head };
  return { key, possible: head !== null || matchPhrase(words, subject) !== null, cost: null };
}

function costOf(subject: IndexedSubject, phrase: TargetPhrase, words: readonly string[]): number | null {
  if (phrase.selector !== null && !namesSelector(subject, phrase.selector)) return null;
  if (words.length === 0) return 0;
  if (phrase.quote !== null) return quotedCost(subject, phrase, words);
  return matchPhrase(words, subject);
}

function quotedCost(subject: IndexedSubject, phrase: TargetPhrase, words: readonly string[]): number | null {
  const quote = (phrase.quote ?? '').toLowerCase();
  const label = (subject.text || subject.attributes.get('aria-label')?.value || '').toLowerCase();
  if (label !== quote)
    return matchPhrase(
      words.flatMap((word) => word.split(/\s+/)),
      subject,
    );
  const rest = words.filter((word) => word !== phrase.quote);
  return rest.length === 0 ? 0 : matchPhrase(rest, subject);
}

function namesSelector(subject: IndexedSubject, selector: string): boolean {
  const name = selector.slice(1);
  if (selector.startsWith('#')) return subject.id === name;
  return selector.startsWith('.') && subject.classes.includes(name);
}

function keyOf(subject: IndexedSubject): string {
  const own = `${subject.tag}#${subject.id}.${[...subject.classes].sort().join('.')}::${subject.pseudoElement ?? ''}`;
  const bare = subject.id === '' && subject.classes.length === 0;
  if (!bare || !subject.parent || conceptOf(subject.tag) === 'page') return own;
  return `${keyOfParent(subject.parent)} > ${own}`;
}

function keyOfParent(subject: IndexedSubject): string {
  return `${subject.tag}#${subject.id}.${subject.classes.join('.')}`;
}

/**
 * The group at the caret: in markup the smallest element around it, and that one alone; in a style sheet what the rule
 * around it selects.
 */
function atFocus(workspace: Workspace, groups: readonly SubjectGroup[], focus: Focus): SubjectGroup[] {
  const rule = workspace.rules
    .filter(({ path, start, end }) => path === focus.path && focus.offset >= start && focus.offset <= end)
    .sort((a, b) => a.end - a.start - (b.end - b.start))[0];
  let best: { group: SubjectGroup; size: number } | null = null;
  for (const group of groups) {
    for (const subject of group.subjects) {
      const place = subject.element;
      if (rule && selectorOf(rule, subject) !== null) return [group];
      if (!place || place.path !== focus.path || focus.offset < place.start || focus.offset > place.end) continue;
      const size = place.end - place.start;
      if (!best || size < best.size) best = { group: { ...group, subjects: [subject] }, size };
    }
  }
  return best ? [best.group] : [];
}

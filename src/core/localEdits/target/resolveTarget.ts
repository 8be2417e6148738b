import { selectorOf } from '../cascade.ts';
import type { TargetPhrase } from '../intent.ts';
import { isComponent } from '../model/markup.ts';
import type { IndexedSubject, Workspace } from '../workspace.ts';
import { conceptOf, isPlural } from './concepts.ts';
import { lookAround, onOtherPages, TIE } from './lookAround.ts';
import { matchPhrase } from './matchPhrase.ts';
import { sightOf } from './sight.ts';

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
  /** What other pages have by that name, nearly as well named: each is another thing that may be meant. */
  elsewhere: SubjectGroup[];
  /** All that the phrase names as well as those, on whatever page: what may change along with them. */
  named: IndexedSubject[];
  many: boolean;
}

/** More differing places than this are a redesign. */
export const MAX_SUBJECTS = 200;

/** Finds what a phrase names. No groups at all if nothing fits. */
export function resolveTarget(
  workspace: Workspace,
  phrase: TargetPhrase,
  focus: Focus | null,
  fits: (subject: IndexedSubject) => boolean = () => true,
): Resolved {
  const words = wordsOfPhrase(phrase);
  const named = words.length > 0 || phrase.selector !== null;
  if (!named && !phrase.pointing) return NOTHING;
  const all = groupSubjects(workspace, phrase, words, fits);
  if (phrase.pointing && focus) return resolved(all, atFocus(workspace, all, focus), false);
  const around = lookAround(all, focus && sightOf(workspace.reach, focus.path));
  const { groups } = around;
  if (phrase.ordinal !== null) return resolved(all, nth(groups, phrase.ordinal), false);
  const many = phrase.many || isPlural(words.at(-1) ?? '');
  const focused = focus && !many && groups.length > 1 ? atFocus(workspace, groups, focus) : [];
  if (focused.length > 0) return resolved(all, focused, false);
  return { ...resolved(all, groups, many), elsewhere: onOtherPages(workspace, around) };
}

const NOTHING: Resolved = { groups: [], elsewhere: [], named: [], many: false };

function resolved(all: readonly SubjectGroup[], groups: SubjectGroup[], many: boolean): Resolved {
  const most = Math.max(...groups.map(({ cost }) => cost), 0);
  const named = groups.flatMap(({ subjects }) => subjects);
  const alike = all.filter((group) => group.cost - most < TIE && !groups.includes(group));
  if (alike.length === 0) return { groups, elsewhere: [], named, many };
  const pages = new Set(named.map(({ path }) => path));
  const others = alike.flatMap(({ subjects }) => subjects.filter(({ path }) => !pages.has(path)));
  return { groups, elsewhere: [], named: [...named, ...others], many };
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
  for (const alike of workspace.subjectsByKind) {
    const [first] = alike;
    if (!first || UNSEEN.has(first.tag)) continue;
    const kind = answerFor(first, phrase, words);
    // What a component is used for may differ from use to use; all else of a kind fits alike.
    const differs = isComponent(first.tag);
    if (!kind.possible || (!differs && !fits(first))) continue;
    for (const subject of alike) {
      const cost = kind.cost ?? costOf(subject, phrase, words);
      if (cost === null || (differs && !fits(subject))) continue;
      const key = phrase.quote !== null && cost >= UNLABELLED ? `${kind.key}?` : kind.key;
      const group = groups.get(key);
      if (!group) groups.set(key, { key, cost, subjects: [subject] });
      else {
        group.subjects.push(subject);
        group.cost = Math.min(group.cost, cost);
      }
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
  if (label !== quote) {
    const named = matchPhrase(
      words.flatMap((word) => word.split(/\s+/)),
      subject,
    );
    return named === null ? null : named + UNLABELLED;
  }
  const rest = words.filter((word) => word !== phrase.quote);
  const cost = rest.length === 0 ? 0 : matchPhrase(rest, subject);
  if (cost !== null || subject.tag !== 'a' || conceptOf(rest.at(-1) ?? '') !== 'button') return cost;
  // A link that carries the very label is what people call the button.
  const others = rest.slice(0, -1);
  return others.length === 0 ? LINK_AS_BUTTON : null;
}

/** What carries the very label is meant, however well others are named. */
const UNLABELLED = 2;

/** Dearer than any button of that label. */
const LINK_AS_BUTTON = 1;

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
      if (rule && selectorOf(rule, subject) !== null)
        return [{ ...group, subjects: group.subjects.filter((each) => selectorOf(rule, each) !== null) }];
      if (!place || place.path !== focus.path || focus.offset < place.start || focus.offset > place.end) continue;
      const size = place.end - place.start;
      if (!best || size < best.size) best = { group: { ...group, subjects: [subject] }, size };
    }
  }
  return best ? [best.group] : [];
}

import type { Styled } from '../cascade.ts';
import { fileStem } from '../fileStem.ts';
import {
  conceptOf,
  conceptsIn,
  conceptsOfInput,
  conceptsOfTag,
  isNeutral,
  isPart,
  isPlural,
  isTagConcept,
} from './concepts.ts';

/** A thing of the page that a phrase may name: an element, or what a selector selects. */
export interface Subject extends Styled {
  parent: Subject | null;
  text: string;
  component: string | null;
  /** Names of what it shows, if it shows anything that is worked out. */
  shows: readonly string[];
  /** What a selector says of something that is so only at times: .tab.active. */
  state: boolean;
}

/** Costs add up; 0 is a class that is exactly the word. See `matchPhrase`. */
const COST = {
  tagOnly: 0.5,
  neutralExtra: 0.3,
  unexplainedExtra: 1,
  secondName: 0.6,
  otherNoun: 1.5,
  ownText: 0.3,
  attribute: 0.1,
  ancestor: 0.2,
  component: 0.4,
  neutralWord: 0.4,
  collection: 0.6,
} as const;

/**
 * How well a phrase names a subject: null if a word of it has no ground at all, else a cost, 0 the best. Every word
 * counts: "save button" is no button without "save" in its name, its text, its attributes or around it.
 */
export function matchPhrase(words: readonly string[], subject: Subject): number | null {
  const concepts = words.map(conceptOf);
  const head = concepts.at(-1);
  if (head === undefined) return null;
  const best = words.at(-1)?.toLowerCase() === 'body' ? theBody(subject) : bestHead(words, concepts, subject);
  if (best === null) return null;
  let cost = best.cost;
  for (const [index, concept] of concepts.slice(0, -1).entries()) {
    if (best.explained.has(concept)) continue;
    const extra = modifierCost(concept, words[index] ?? concept, subject);
    if (extra === null) return null;
    cost += extra;
  }
  return cost + unnamedState(subject, concepts);
}

/** "The tabs" are not those that are open just now. */
function unnamedState({ state, classes }: Subject, concepts: readonly string[]): number {
  const unnamed = classes.some((name) => !conceptsIn(name).some((concept) => concepts.includes(concept)));
  return state && unnamed ? COST.unexplainedExtra : 0;
}

interface Head {
  cost: number;
  explained: ReadonlySet<string>;
}

/** The page, the site and the app may be any outermost box; the body is the tag, or what has that very name. */
function theBody({ tag, classes, id }: Subject): Head | null {
  const isNamed = [...classes, id].some((name) => /(?:^|[-_])body$/i.test(name));
  return tag === 'body' || isNamed ? { cost: tag === 'body' ? 0 : COST.unexplainedExtra, explained: new Set() } : null;
}

function bestHead(words: readonly string[], concepts: readonly string[], subject: Subject): Head | null {
  const found: Head[] = [];
  const head = concepts.at(-1) ?? '';
  if (subject.pseudoElement) {
    if (head !== subject.pseudoElement) return null;
    return { cost: 0, explained: new Set([head]) };
  }
  const ofColumn = headsColumn(concepts, head, subject);
  const byTag = tagCost(head, subject) ?? ofColumn ?? roleCost(head, subject);
  for (const name of namesOf(subject)) {
    const cost = nameCost(name, concepts, head, byTag !== null);
    const extra = isOtherPage(name, words.at(-1) ?? '', head) ? COST.unexplainedExtra : 0;
    if (cost !== null) found.push({ cost: cost + extra, explained: new Set(conceptsIn(name)) });
  }
  if (byTag !== null)
    found.push({
      cost: byTag + foreignNames(subject, concepts),
      explained: new Set([head, ...(ofColumn === null ? [] : ['column'])]),
    });
  const shown = shownBy(subject, concepts, head);
  if (shown) found.push(shown);
  found.sort((a, b) => a.cost - b.cost);
  return found[0] ?? null;
}

/** "the product title" is what shows product.title, and nothing besides; "the title" is so only where no other is. */
function shownBy({ shows, text, tag }: Subject, concepts: readonly string[], head: string): Head | null {
  const [name, ...others] = shows;
  if (name === undefined || others.length > 0 || text !== '') return null;
  const cost = nameCost(name.slice(name.lastIndexOf('.') + 1), concepts, head, conceptsOfTag(tag).includes(head));
  if (cost === null) return null;
  return {
    cost: cost + (concepts.length > 1 ? COST.ownText : COST.unexplainedExtra),
    explained: new Set(conceptsIn(name)),
  };
}

/** The page is the body, the app is what is called so: .App is "the page" only where nothing else is. */
function isOtherPage(name: string, said: string, head: string): boolean {
  return head === 'page' && !wordsOf(name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')).includes(said.toLowerCase());
}

function namesOf(subject: Subject): string[] {
  const { component } = subject;
  return [...ownNamesOf(subject), ...(component !== null && !isWholePage(component) ? [component] : [])];
}

function ownNamesOf(subject: Subject): string[] {
  return [
    ...subject.classes.filter(isName),
    ...(subject.id ? [subject.id] : []),
    ...(/^[A-Z]/.test(subject.tag) ? [subject.tag] : []),
  ];
}

/** "the product image" in ProductTile.tsx: what a component is called says something of all that is in it. */
function isPartOf(concept: string, subject: Subject): boolean {
  let outermost = subject;
  while (outermost.parent) outermost = outermost.parent;
  return [outermost.component ?? '', fileStem(subject.path)].some((name) => conceptsIn(name).includes(concept));
}

/** <App /> is what the page is made of, not what people call the page. */
function isWholePage(component: string): boolean {
  return conceptsIn(component).every((concept) => concept === 'page' || isNeutral(concept));
}

/** Utility classes say how a thing looks, not what it is: min-h-screen is no screen. */
function isName(className: string): boolean {
  return !UTILITY.test(className);
}

const UTILITY =
  /[:/[]|^-?(?:(?:min-|max-)?[wh]|[pm][xytrblse]?|gap|space|text|bg|border|rounded|shadow|font|leading|tracking|grid|col|row|flex|items|justify|content|self|order|z|top|left|right|bottom|inset|overflow|object|opacity|ring|divide|list|align|from|via|to)-(?:\d|x|y|auto|full|screen|none|center|start|end|between|cover|contain|cols|rows|xs|sm|md|lg|xl|hidden|only|left|right|disc|wrap|nowrap|white|black|[a-z]+-\d{2,3}$|bold|semibold|medium|normal|tight|relaxed|col|row)/;

function tagCost(head: string, subject: Subject): number | null {
  const names = conceptsOfTag(subject.tag);
  const at = names.indexOf(head);
  if (isButtonInput(subject)) return head === 'button' ? COST.tagOnly : null;
  if (at < 0) return null;
  const level = /^h([1-6])$/.exec(subject.tag)?.[1];
  if (head === 'title' && level) return COST.tagOnly + (Number(level) - 1) * COST.secondName;
  return COST.tagOnly + (at > 0 && head !== 'heading' && !/^h[1-6]$/.test(head) ? COST.secondName : 0);
}

/** "table headers", "column headings": the cells at the head of a table, which alone are never called headers. */
function headsColumn(concepts: readonly string[], head: string, subject: Subject): number | null {
  const heads = head === 'header' || head === 'heading';
  return subject.tag === 'th' && heads && concepts.some((each) => each === 'table' || each === 'column')
    ? COST.tagOnly
    : null;
}

/** <div role="alert"> is an alert. */
function roleCost(head: string, { attributes, tag }: Subject): number | null {
  const role =
    attributes.get('role')?.value ??
    (tag === 'input' ? conceptsOfInput[attributes.get('type')?.value ?? ''] : undefined);
  return role !== undefined && conceptOf(role) === head ? COST.tagOnly : null;
}

function isButtonInput(subject: Subject): boolean {
  return subject.tag === 'input' && /^(?:submit|button|reset)$/i.test(subject.attributes.get('type')?.value ?? '');
}

/** A class name says the head if the head is in it and the rest is explained, neutral, or a mere variant. */
function nameCost(name: string, concepts: readonly string[], head: string, tagFits: boolean): number | null {
  const own = conceptsIn(name);
  const at = own.lastIndexOf(head);
  if (at < 0) return null;
  let cost = 0;
  for (const [index, concept] of own.entries()) {
    if (index === at || concepts.includes(concept)) continue;
    if (index > at && isPart(concept) && !tagFits) return null;
    cost += isNeutral(concept) ? COST.neutralExtra : COST.unexplainedExtra;
  }
  if (isCollection(name, head)) cost += COST.collection;
  return tagFits ? Math.min(cost, COST.tagOnly) : cost;
}

/** .cards holds the cards: it is not what "the cards" are, unless nothing else is. */
function isCollection(name: string, head: string): boolean {
  const last = /[\p{L}\p{N}]+$/u.exec(name)?.[0] ?? name;
  return isPlural(last) && conceptOf(last) === head && head !== 'content';
}

/** <a class="button"> is a link by its tag, but nobody calls it one. */
function foreignNames(subject: Subject, concepts: readonly string[]): number {
  const foreign = subject.classes.some((name) => {
    const own = conceptsIn(name);
    return own.length > 0 && own.some(isTagConcept) && !own.some((concept) => concepts.includes(concept));
  });
  return foreign ? COST.otherNoun : 0;
}

function modifierCost(concept: string, word: string, subject: Subject): number | null {
  if (namesOf(subject).some((name) => conceptsIn(name).includes(concept))) return 0;
  const lower = word.toLowerCase();
  if (wordsOf(subject.text).includes(lower)) return COST.ownText;
  for (const name of [
    'type',
    'name',
    'aria-label',
    'placeholder',
    'href',
    'for',
    'title',
    'alt',
    'value',
    'data-testid',
  ]) {
    const value = subject.attributes.get(name)?.value;
    if (value !== undefined && (wordsOf(value).includes(lower) || conceptsIn(value).includes(concept)))
      return COST.attribute;
  }
  if (conceptsOfTag(subject.tag).includes(concept)) return COST.attribute;
  if (subject.shows.some((name) => conceptsIn(name).includes(concept))) return COST.attribute;
  for (let outer = subject.parent; outer; outer = outer.parent) {
    if (conceptsOfTag(outer.tag).includes(concept)) return COST.ancestor;
    if (ownNamesOf(outer).some((name) => conceptsIn(name).includes(concept))) return COST.ancestor;
  }
  if (isPartOf(concept, subject)) return COST.component;
  return isNeutral(concept) || isNeutral(lower) ? COST.neutralWord : null;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
}

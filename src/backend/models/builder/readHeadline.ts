import { pattern } from './pattern.ts';
import { numberIn, readFeature, type Feature } from './readFeature.ts';
import { formNames, otherNouns, usualColumns, usualForms, usualParts } from './pageVocabulary.ts';
import { words } from './words.ts';

/** What the first sentence of a request for a new page says. */
export interface Headline {
  readonly kind: 'table' | 'crud' | 'form' | 'steps' | 'dashboard';
  /** What it is about, in lower case: `users`, `signup`; empty if the sentence doesn't say. */
  readonly about: string;
  /** For a form, what it does to that: `add`, `edit`, `book`. */
  readonly doing: string;
  readonly title: string | null;
  readonly features: readonly Feature[];
  /** The list of columns, fields or parts that follows, not yet read. */
  readonly list: string;
  readonly asksForReact: boolean;
}

const MOST_NOUN_WORDS = 3;

const politeness = pattern`
    ^(?:(?:hi|hey|hello|please|pls|kindly|ok|okay|now|next|so|also|then|great|thanks
    |first)[,!]?\s+|(?:can|could|would|will) you (?:please |kindly )?(?!explain)|(?:i
    |we)(?:'d| would| will)? (?:need|want|like|love)(?: to have| you to| to)?\s+|(?:let's
    |lets)\s+|help me (?:to )?)+
  `;
const verb = pattern`
    ^(?:create|make|build|generate|add|write|design|set up|give|show|produce|put together
    |code|implement|prepare|develop|have|see|get|start with|do)(?: me| us)?(?: up)?\s+
  `;
const delimiter = pattern`
    \s+(?:with|that|which|where|listing|showing|displaying|containing|including|having
    |to|for|of|called|titled|named|in|from|using|so|and|on|plus)\b|[:,(]|\s[-–—]+>?\s
  `;
const fillers = pattern`
    ^(?:an?|the|my|our|another|new|simple|basic|small|little|nice|clean|modern|pretty
    |beautiful|responsive|accessible|plain|html|web|quick|good|complete|full|working
    |user-friendly|mobile-friendly|short|tidy|neat|standard|single|one|data|little|client-side
    |validated|sample|demo|react|tsx)$
  `;
const featureWords = /^(?:sortable|searchable|filterable|paginated|paged)$/;

/** Reads the opening sentence of a request for a page, or null if it isn't one of the pages that Builder makes. */
export function readHeadline(sentence: string): Headline | null {
  const polite = sentence.replace(politeness, '').replace(/[,\s]+(?:please|thanks|thank you|for me)$/i, '');
  const asked = polite.replace(verb, '').replace(/^manage\s+(?=[a-z])/i, 'page to manage ');
  const flat = asked
    .replace(/\bmulti[- ]?(?:step|page)\b|\bstep[- ]by[- ]step\b/gi, 'multistep')
    .replace(/\bdata[- ]?(?:table|grid)\b/gi, 'table')
    .replace(/\b(\w+)[- ]step\b/gi, (all: string, count: string) =>
      numberIn(count.toLowerCase()) > 1 ? `steps#${count}` : all,
    )
    .replace(/\bsign(?:ing)? up\b/gi, 'signup')
    .replace(/\b(?:log|sign)(?:ging|ing)? in\b(?= (?:form|page|screen))/gi, 'login')
    .replace(/\bto-dos?\b/gi, 'todos')
    .replace(
      pattern`
        ^((?:an? |the )?(?:[a-z-]+,? )*?[a-z-]+), (?:and )?(?=(?:[a-z-]+,? )*[a-z-]+ (?:table
        |list|page|form|dashboard)\b)
      `,
      plainAdjectives,
    );
  const at = flat.search(/steps#/i) === -1 ? flat.search(delimiter) : afterSteps(flat);
  const phrase = (at === -1 ? flat : flat.slice(0, at)).trim().toLowerCase();
  const tail = at === -1 ? '' : flat.slice(at);
  const nested = /^(?:page|screen|view|web page|html page)$/.test(phrase.replace(/^(?:an?|the|new|simple) /g, ''))
    ? pattern`
      ^\s+(?:with|that (?:has|contains|shows)|containing|showing|having|for) (an? .*\b
      (?:table|form|wizard|list|grid)\b.*)$
    `.exec(tail)
    : null;
  if (nested?.[1]) return readHeadline(`create ${nested[1]}`);
  const head = readNounPhrase(phrase);
  return head ? readTail(head, tail) : null;
}

/** `a responsive, accessible table`: commas between adjectives separate nothing. */
function plainAdjectives(all: string): string {
  const adjectives = all.split(/,? /).filter(Boolean);
  return adjectives.every((word) => fillers.test(word) || featureWords.test(word)) ? `${adjectives.join(' ')} ` : all;
}

function afterSteps(flat: string): number {
  const from = flat.search(/steps#/i) + 'steps#'.length;
  const next = flat.slice(from).search(delimiter);
  return next === -1 ? -1 : from + next;
}

interface NounPhrase {
  readonly kind: Headline['kind'] | 'page';
  readonly about: string;
  readonly features: Feature[];
  readonly asksForReact: boolean;
}

function readNounPhrase(phrase: string): NounPhrase | null {
  const features: Feature[] = [];
  const kept: string[] = [];
  for (const word of phrase.split(/\s+/).filter(Boolean)) {
    const steps = /^steps#(\w+)$/.exec(word);
    const feature = featureWords.test(word) ? readFeature(word) : null;
    if (steps) features.push({ kind: 'steps', count: numberIn(steps[1]) });
    else if (feature) features.push(feature);
    else if (!fillers.test(word)) kept.push(word);
  }
  const asksForReact = /\b(react|tsx)\b/.test(phrase);
  if (asksForReact && kept.at(-1) === 'component') kept.pop();
  const kind = takeKind(
    kept,
    features.some((feature) => feature.kind === 'steps'),
  );
  const about = kept.join(' ');
  if (!kind || kept.length > MOST_NOUN_WORDS || isOther(kind, about) || !/^(?:[a-z][a-z'&-]*(?: |$))*$/.test(about))
    return null;
  return { kind, about, features, asksForReact };
}

/** A marketing page is no page of Builder's; a marketing dashboard is. */
function isOther(kind: NounPhrase['kind'], about: string): boolean {
  return otherNouns.test(about) && !(kind === 'dashboard' && about in usualParts);
}

/** Takes the words that say the kind off the end, and says the kind. */
function takeKind(kept: string[], stepped: boolean): NounPhrase['kind'] | null {
  const took = (pattern: RegExp) => (pattern.test(kept.at(-1) ?? '') ? kept.pop() !== undefined : false);
  const outer = took(/^(?:page|screen|view|panel|section|component|app|ui|interface)$/);
  if (took(/^dashboard$/)) return 'dashboard';
  if (
    took(/^crud$/) ||
    (outer && took(/^(?:admin|management|managing|maintenance)$/)) ||
    took(/^(?:manager|management)$/)
  ) {
    took(/^(?:table|list)$/);
    return 'crud';
  }
  if (took(/^wizard$/)) return takeStepped(kept, 'steps');
  if (took(/^forms?$/)) return takeStepped(kept, stepped ? 'steps' : 'form');
  if (took(/^(?:table|grid|list|listing|directory|datatable|overview)$/)) {
    took(/^(?:table|list)$/);
    return kept.includes('crud') && kept.splice(kept.indexOf('crud'), 1).length > 0 ? 'crud' : 'table';
  }
  return outer ? 'page' : null;
}

function takeStepped(kept: string[], kind: 'form' | 'steps'): 'form' | 'steps' {
  const at = kept.indexOf('multistep');
  if (at === -1) return kind;
  kept.splice(at, 1);
  return 'steps';
}

const listing = pattern`
    ^\s+(?:listing|showing|displaying|containing|for|of|(?:that|which|to) (?:lists?
    |shows?|displays?|contains?|presents?)|with an? (?:table|list) of|for (?:listing
    |showing|displaying))\s+(?:all\s+)?(?:(?:the|my|our|a list of|all|some|an?)\s+)*(.*)$
  `;
const managing = pattern`
    ^\s+(?:(?:to|for|that|where i can|which lets me|that lets me) ?(?:manag(?:e|ing
    |es)|administer|maintain|crud))\s+(?:(?:the|my|our|all)\s+)*(.*)$
  `;
const acting = pattern`
    ^\s+(?:to|for|that (?:lets|allows) (?:people|users|visitors|customers|me|us)(?: to)?
    |where (?:people|users|visitors|customers|i|we) can)\s+(add|adding|create|creating
    |edit|editing|register|registering|enter|entering|submit|submitting|request|requesting
    |book|booking|order|ordering|report|reporting|record|recording|collect|collecting
    |rate|rating)\s+(?:(?:an?|new|the|your|their|some)\s+)*(.*)$
  `;

function readTail(head: NounPhrase, tail: string): Headline | null {
  const titled = pattern`
    \s+(?:called|titled|named|with the title|headed)\s+["“'‘]?([^"”',:(]{1,60}?)["”'’]?(?=\s+with\b|[,:(]|$)
  `.exec(tail);
  const text = titled ? tail.slice(0, titled.index) + tail.slice(titled.index + titled[0].length) : tail;
  const start = { title: titled?.[1] ?? null, features: head.features, asksForReact: head.asksForReact };
  const crud = head.kind === 'page' || head.kind === 'table' ? managing.exec(text) : null;
  if (crud) return withNoun({ ...start, kind: 'crud', about: head.about, doing: '' }, crud[1] ?? '');
  const act = head.kind === 'form' || head.kind === 'steps' ? acting.exec(text) : null;
  if (act)
    return withNoun(
      { ...start, kind: head.kind as 'form' | 'steps', about: head.about, doing: (act[1] ?? '').toLowerCase() },
      act[2] ?? '',
    );
  const lists = listing.exec(text);
  if (head.kind === 'page') return readPlainPage(head, start, text, lists?.[1]);
  const base = { ...start, kind: head.kind, about: head.about, doing: '' };
  if (!lists || head.kind === 'dashboard')
    return head.kind === 'dashboard' ? dashboard(base, text) : complete(base, text);
  if (head.about !== '' || isList(lists[1] ?? ''))
    return complete(base, head.about === '' && head.kind !== 'form' ? '\0' : `: ${lists[1] ?? ''}`);
  return withNoun(base, lists[1] ?? '');
}

function readPlainPage(
  head: NounPhrase,
  start: Pick<Headline, 'title' | 'features' | 'asksForReact'>,
  text: string,
  listed: string | undefined,
): Headline | null {
  const form = formNames[head.about] ?? head.about;
  if (form in usualForms && form !== 'profile')
    return complete({ ...start, kind: 'form', about: form, doing: '' }, text);
  if (head.about === '' && listed !== undefined)
    return withNoun({ ...start, kind: 'table', about: '', doing: '' }, listed);
  if (head.about !== '' && words.many(head.about) in usualColumns)
    return complete({ ...start, kind: 'table', about: head.about, doing: '' }, text);
  return null;
}

function dashboard(base: Omit<Headline, 'list'>, text: string): Headline | null {
  const subject = pattern`
      ^\s+(?:for|of|about|on)\s+(?:(?:the|my|our|an?|all)\s+)*(?!with\b)([a-z][a-z '-]*?)
      (?=\s+(?:with|showing|that|including|team$|performance$)\b|[:,]|$)
    `.exec(text);
  const about = subject && base.about === '' ? (subject[1] ?? '').toLowerCase() : base.about;
  if (isOther('dashboard', about) || about.split(' ').length > MOST_NOUN_WORDS) return null;
  return complete({ ...base, about }, subject ? text.slice(subject[0].length) : text);
}

/** Names put together before anything else is said are the list, not the noun. */
function isList(text: string): boolean {
  const opening = text.split(/\s+(?:with|that|which|showing|including|having|containing)\b|:|\(|\s[-–—]+\s/i)[0] ?? '';
  return opening.includes(',') || /^\S+ and /.test(opening);
}

/** Reads the noun that opens `text`, if none is known yet, and leaves the rest as the list. */
function withNoun(base: Omit<Headline, 'list'>, text: string): Headline | null {
  const end = text.search(
    /\s+(?:with|that|which|showing|including|having|containing|where|by|and)\b|[:,(]|\s[-–—]+\s/i,
  );
  const noun = (end === -1 ? text : text.slice(0, end))
    .trim()
    .toLowerCase()
    .replace(/^(?:new|all)\s+/, '');
  const about = base.about === '' ? noun : base.kind.startsWith('form') || base.kind === 'steps' ? noun : base.about;
  if (!/^[a-z][a-z'-]*(?: [a-z][a-z'-]*){0,2}$/.test(noun) || otherNouns.test(about)) return null;
  return complete({ ...base, about }, end === -1 ? '' : text.slice(end));
}

function complete(base: Omit<Headline, 'list'>, text: string): Headline | null {
  const list = text
    .replace(/^\s*\(([^()]*)\)\s*$/, ': $1')
    .replace(
      pattern`
        ^\s*(?:[:,]|[-–—]+>?|with|that (?:has|have|asks for|includes?|shows?|contains?|is)
        |which (?:has|have|is|shows?)|including|having|containing|showing|listing|asking for
        |plus|and)\s*
      `,
      '',
    )
    .replace(/^(?:having|it has|at least|just|the following)\s*:?\s*/i, '')
    .trim();
  return list.includes('\0') ? null : { ...base, list };
}

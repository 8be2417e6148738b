import type { Intent, TargetPhrase } from '../intent.ts';
import type { IndexedSubject } from '../workspace.ts';
import { conceptOf, conceptsIn, isPlural } from './concepts.ts';

/** What a phrase may stand for where nothing has its very name. */
export interface LoosePhrase {
  phrase: TargetPhrase;
  fits: (subject: IndexedSubject) => boolean;
}

/**
 * "The plan cards" where no card is called one: boxes that are called just "plan". "The error text": the error message.
 * Null where a phrase can only be meant as it stands.
 */
export function loosePhrase({ target, change }: Intent): LoosePhrase | null {
  const { words } = target;
  const head = words.at(-1);
  if (head === undefined || target.quote !== null || target.selector !== null) return null;
  if (words.length === 1 && change.kind === 'color' && change.property === 'color')
    return { phrase: { ...target, words: [head, 'message'] }, fits: () => true };
  const rest = words.slice(0, -1);
  const concept = conceptOf(head);
  if (rest.length === 0 || !(BOXES.has(concept) || SAYINGS.has(concept))) return null;
  const name = rest.map(conceptOf).join(' ');
  if (SAYINGS.has(concept)) return { phrase: { ...target, words: rest }, fits: (subject) => says(subject, name) };
  return {
    phrase: { ...target, words: rest, many: target.many || isPlural(head) },
    fits: ({ tag, classes }) => BOX_TAGS.has(tag) && classes.some((each) => conceptsIn(each).join(' ') === name),
  };
}

/** "The empty message", "the empty state": a line of text that is called just "empty", or "form-error". */
const SAYINGS = new Set(['message', 'state', 'note', 'notice', 'line', 'hint', 'text']);

function says({ tag, classes }: IndexedSubject, name: string): boolean {
  const isCalled = (each: string): boolean =>
    conceptsIn(each)
      .filter((concept) => !CONTEXTS.has(concept))
      .join(' ') === name;
  return TEXT_TAGS.has(tag) && classes.some(isCalled);
}

/** What a line of text belongs to, in class names. */
const CONTEXTS = new Set(['form', 'input', 'list', 'page', 'text', 'message']);

/** Tags of text; none where only a selector is known. */
const TEXT_TAGS = new Set(['', 'p', 'span', 'small', 'em', 'strong', 'output', 'label', 'li', 'td', 'div']);

/** Words for a box of any kind. */
const BOXES = new Set(['card', 'box', 'tile', 'block', 'panel', 'section', 'area', 'container']);

/** Tags of boxes; none where only a selector is known. */
const BOX_TAGS = new Set([
  '',
  'div',
  'section',
  'article',
  'li',
  'aside',
  'figure',
  'form',
  'fieldset',
  'main',
  'nav',
  'ul',
  'ol',
]);

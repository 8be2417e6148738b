import { readUtility } from './utilityClasses.ts';
import { rulesFor, winner } from '../cascade.ts';
import type { IndexedSubject, Workspace } from '../workspace.ts';
import { conceptOf, conceptsIn, conceptsOfTag } from '../target/concepts.ts';

const BOXES = new Set(
  'header footer nav sidebar button card badge banner hero modal panel toolbar section page input table row cell box container notification alert tooltip dropdown chip pill tab menu main article form list overlay tile block column area strip ribbon callout'.split(
    ' ',
  ),
);

const TEXTS = new Set(
  'title heading subtitle text paragraph label caption price link date time author copyright h1 h2 h3 h4 h5 h6 small strong legend summary icon code blockquote name total heading quote'.split(
    ' ',
  ),
);

/** Whether "make it blue" is about what fills the thing or about its text. */
export function fillsOrWrites(
  workspace: Workspace,
  subject: IndexedSubject,
  words: readonly string[],
): 'background' | 'color' {
  const head = conceptOf(words.at(-1) ?? '');
  const rules = rulesFor(workspace.table, subject);
  const inline = new Set(subject.element?.inlineStyle.map((declaration) => declaration.property));
  const utilities = new Set(subject.element?.classes.map((name) => readUtility(name)?.family));
  const filled =
    utilities.has('background') ||
    winner(rules, ['background', 'background-color']) !== null ||
    inline.has('background') ||
    inline.has('background-color');
  const written = utilities.has('color') || winner(rules, ['color']) !== null || inline.has('color');
  if (isTextual(workspace, subject, words)) return filled && !written ? 'background' : 'color';
  if (BOXES.has(head)) return 'background';
  return written && !filled ? 'color' : 'background';
}

/** Whether a thing is text: headings, links, labels, prices. */
export function isTextual(workspace: Workspace, subject: IndexedSubject, words: readonly string[]): boolean {
  const head = conceptOf(words.at(-1) ?? '');
  if (TEXTS.has(head)) return true;
  if (BOXES.has(head)) return false;
  const named = subject.classes.flatMap(conceptsIn).some((concept) => TEXTS.has(concept));
  if (named || conceptsOfTag(subject.tag).some((concept) => TEXTS.has(concept))) return true;
  return INLINE.has(subject.tag) && !isBox(workspace, subject);
}

/** Tags that hold text unless a style makes boxes of them. */
const INLINE = new Set(['span', 'li', 'td', 'th', 'em', 'b', 'i', 'dt', 'dd', 'output', 'cite', 'q']);

function isBox(workspace: Workspace, subject: IndexedSubject): boolean {
  const boxed = ['background', 'background-color', 'border', 'box-shadow', 'padding'];
  return winner(rulesFor(workspace.table, subject), boxed) !== null;
}

import { rulesFor, winner } from '../cascade.ts';
import type { Intent } from '../intent.ts';
import { isComponent } from '../model/markup.ts';
import type { IndexedSubject } from '../workspace.ts';
import type { StyleView } from '../styleView.ts';
import { gapContainer } from './gapContainer.ts';
import { hasUtilities } from './planUtility.ts';

/** Properties that text takes from what it stands in. */
const INHERITED = new Set([
  'color',
  'font-size',
  'font-weight',
  'font-style',
  'line-height',
  'letter-spacing',
  'text-transform',
  'text-align',
]);

/**
 * The subjects whose declaration shows the wish: for a gap, what holds the things; for text, the inner elements where
 * all of the text has a value of its own, so that changing the outer one would change nothing.
 */
export function whoShows(
  view: StyleView,
  intent: Intent,
  subjects: readonly IndexedSubject[],
  many: boolean,
): IndexedSubject[] {
  const { change } = intent;
  if (change.kind === 'length' && change.property === 'gap') {
    return [...new Set(subjects.flatMap((subject) => gapContainer(view, subject, many) ?? []))];
  }
  const property =
    change.kind === 'color' || change.kind === 'length' || change.kind === 'keyword' ? change.property : '';
  if (!INHERITED.has(property)) return [...subjects];
  return [...new Set(subjects.flatMap((subject) => textBearers(view, subject, property)))];
}

/** The subject itself if some of its text takes the property from it, else the inner ones that decide. */
function textBearers(view: StyleView, subject: IndexedSubject, property: string): IndexedSubject[] {
  const { element } = subject;
  if (!element || element.computed) return [subject];
  const { subjectOf, textsByPath } = view.workspace;
  const deciding = new Set<IndexedSubject>();
  for (const text of textsByPath.get(element.path) ?? []) {
    if (
      text.path !== element.path ||
      text.attribute !== null ||
      !text.element ||
      text.start < element.start ||
      text.end > element.end
    )
      continue;
    let bearer: IndexedSubject | null = subjectOf(text.element) ?? null;
    while (bearer && bearer !== subject && !decides(view, bearer, property)) bearer = bearer.parent;
    if (!bearer || bearer === subject) return [subject];
    deciding.add(bearer);
  }
  return deciding.size === 0 ? [subject] : [...deciding];
}

function decides(view: StyleView, subject: IndexedSubject, property: string): boolean {
  // Browsers colour links themselves.
  if (property === 'color' && subject.tag === 'a') return true;
  const inline = subject.element?.inlineStyle.some((declaration) => declaration.property === property) ?? false;
  return inline || winner(rulesFor(view.workspace.table, subject), [property]) !== null;
}

/** A component's use (<Header />) shows nothing by itself: its styles are where it is made. */
export function canBeStyled(view: StyleView, subject: IndexedSubject): boolean {
  const { element } = subject;
  if (!element || !isComponent(element.tag)) return true;
  if (element.inlineStyle.length > 0 || hasUtilities(element)) return true;
  return rulesFor(view.workspace.table, subject).length > 0;
}

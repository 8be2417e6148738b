import { rulesFor, winner } from '../cascade.ts';
import type { Change, Intent } from '../intent.ts';
import type { StyleView } from '../styleView.ts';
import type { SubjectGroup } from '../target/resolveTarget.ts';
import type { IndexedSubject } from '../workspace.ts';
import { declaredBorders } from './borderPlaces.ts';
import { SIDES, sideOf } from './boxValue.ts';
import { propertyFor } from './planLength.ts';
import { hasUtilities } from './planUtility.ts';
import type { StyleRequest } from './styleRequest.ts';
import { readUtility, utilityLength } from './utilityClasses.ts';
import { resolveValue } from './variables.ts';
import { whoShows } from './whoShows.ts';

/** A thing whose length is asked for, and the words that name it. */
type Asked = Pick<StyleRequest, 'view' | 'subject' | 'words'>;

type LengthChange = Extract<Change, { kind: 'length' }>;

/** The lengths that a thing has where a change would be: none where nothing is set, several where sides differ. */
export function lengthsToday({ view, words, subject }: Asked, intent: Intent, many: boolean): string[] {
  const { change } = intent;
  if (change.kind !== 'length') return [];
  const shown = whoShows(view, intent, [subject], many);
  return [...new Set(shown.flatMap((each) => lengthsOf({ view, words, subject: each }, change)))];
}

/** Keeps the groups that have today the length that the sentence says they have: "from 10px to 16px". */
export function filterByLength(
  view: StyleView,
  groups: readonly SubjectGroup[],
  intent: Intent,
  { words, many }: { words: readonly string[]; many: boolean },
): SubjectGroup[] {
  const said = intent.change.kind === 'length' ? intent.change.from : null;
  if (said === null) return [...groups];
  const has = (subject: IndexedSubject): boolean => {
    const today = lengthsToday({ view, words, subject }, intent, many);
    return today.length > 0 && today.every((length) => isSame(said, length));
  };
  return groups.filter(({ subjects }) => subjects.some(has));
}

function lengthsOf(asked: Asked, change: LengthChange): string[] {
  const property = propertyFor(asked, change);
  if (property === null) return [];
  const byClass = utilityLengths(asked, property, change);
  if (byClass.length > 0) return byClass;
  if (property === 'padding' || property === 'margin') return boxLengths(asked, property, change);
  if (property === 'border-width') {
    const values = declaredBorders(asked, change.sides, '-width').flatMap((name) => declared(asked, [name]) ?? []);
    return values.flatMap(({ value }) => /(?<![\w.#-])\d*\.?\d+(?:px|em|rem)(?![\w-])/.exec(value)?.[0] ?? []);
  }
  const value = declared(asked, property === 'gap' ? ['gap', 'grid-gap'] : [property])?.value.trim();
  return value === undefined ? [] : [value];
}

function boxLengths(asked: Asked, property: 'padding' | 'margin', { sides }: LengthChange): string[] {
  return (sides.length === 0 ? SIDES : sides).flatMap((side) => {
    const found = declared(asked, [property, `${property}-${side}`]);
    if (!found) return [];
    return found.property === property ? (sideOf(found.value, side) ?? []) : found.value.trim();
  });
}

function utilityLengths({ subject: { element } }: Asked, property: string, { sides }: LengthChange): string[] {
  if (!element || !hasUtilities(element)) return [];
  return element.classes.flatMap((name) => {
    const utility = readUtility(name);
    const isMeant = utility?.variant === '' && utility.family === property;
    const isOnSide = sides.length === 0 || utility?.sides.some((side) => sides.includes(side)) === true;
    return isMeant && isOnSide ? (utilityLength(utility) ?? []) : [];
  });
}

/** The declaration that decides one of some properties today, its variables looked up. */
function declared({ view, subject }: Asked, names: readonly string[]): { property: string; value: string } | null {
  const inline = subject.element?.inlineStyle.findLast(({ property }) => names.includes(property));
  const found = inline ?? winner(rulesFor(view.workspace.table, subject), names)?.declaration;
  const value = found && resolveValue(view, found.value, subject);
  return found && value !== null && value !== undefined ? { property: found.property, value } : null;
}

/** What browsers make of 1rem unless somebody says otherwise. */
const ROOT_PX = 16;

/** "10" is 10 of whatever stands there. */
function isSame(said: string, now: string): boolean {
  const [one, other] = [measured(said), measured(now)];
  return one.number === other.number && (one.unit === '' || one.unit === other.unit || one.number === 0);
}

function measured(length: string): { number: number; unit: string } {
  const [, digits = '', unit = ''] = /^(-?[\d.]+)([a-z%]*)$/i.exec(length) ?? [];
  const number = digits === '' ? NaN : Number(digits);
  return unit.toLowerCase() === 'rem' ? { number: number * ROOT_PX, unit: 'px' } : { number, unit: unit.toLowerCase() };
}

import { rulesFor, winner } from '../cascade.ts';
import type { Amount, Change, LengthProperty, Side } from '../intent.ts';
import { planBorderWidth } from './planBorder.ts';
import { moveSides, SIDES } from './boxValue.ts';
import { isTextual } from './colorSubject.ts';
import { insert, replaceValue, setProperty } from './editDeclaration.ts';
import type { PlannedEdit } from './plannedEdit.ts';
import { placeFor, type StylePlace } from './stylePlace.ts';
import type { StyleOutcome, StyleRequest } from './styleRequest.ts';
import { moveLength, startingLength, writeSetLength } from './writeLength.ts';
import { wordTable } from '../../wordTable.ts';

/** Plans a change of a size, a space, a radius, a weight. */
export function planLength(request: StyleRequest, change: Extract<Change, { kind: 'length' }>): StyleOutcome {
  const property = propertyFor(request, change);
  if (property === null) return 'not-understood';
  if (property === 'padding' || property === 'margin') return planBox(request, change, property);
  if (property === 'border-width') return planBorderWidth(request, change);
  const names = property === 'gap' ? ['gap', 'grid-gap'] : [property];
  const place = placeFor(request, names);
  if (typeof place === 'string') return place === 'important' ? 'complex-value' : place;
  if (place.kind === 'insertion') {
    // "round the prices": text without a box of its own has no corners, so another rounding is meant.
    const rounds = property === 'border-radius' && change.amount.kind === 'default';
    if (rounds && isTextual(request.view.workspace, request.subject, request.words)) return 'not-understood';
    const css = insertedLength(request, property, change);
    return css === null ? unwritten(change.amount) : [insert(request, place, property, css)];
  }
  const { declaration } = place;
  const move = (part: string): string | null => moveLength(part, change.amount, property);
  return replaceValue(request, place, declaration, { start: 0, end: declaration.value.length }, (current) =>
    property === 'border-radius' || property === 'gap' ? moveRadius(current, change, property) : move(current.trim()),
  );
}

function moveRadius(
  current: string,
  change: Extract<Change, { kind: 'length' }>,
  property: LengthProperty,
): string | null {
  if (change.amount.kind === 'default') return '8px';
  if (change.amount.kind === 'set') return writeSetLength(change.amount.css, property, current);
  if (change.amount.kind === 'remove') return '0';
  const parts = current
    .trim()
    .split(/\s+/)
    .map((part) => moveLength(part, change.amount, property) ?? (part === '0' ? part : null));
  return parts.includes(null) ? null : parts.join(' ');
}

/** The property that a size or a space is, for this thing; null where that is anybody's guess. */
export function propertyFor(
  request: Pick<StyleRequest, 'view' | 'subject' | 'words'>,
  change: Extract<Change, { kind: 'length' }>,
): LengthProperty | null {
  if (change.property === 'size')
    return isTextual(request.view.workspace, request.subject, request.words) ? 'font-size' : extentOf(request);
  if (change.property === 'space') return change.sides.length > 0 ? 'margin' : null;
  return change.property;
}

/** What the size of a picture is: the one of width and height that is set, by which the other goes. */
function extentOf({ view, subject }: Pick<StyleRequest, 'view' | 'subject'>): LengthProperty | null {
  if (!PICTURES.has(subject.tag)) return null;
  const rules = rulesFor(view.workspace.table, subject);
  const set = (['width', 'height'] as const).filter((property) => winner(rules, [property]) !== null);
  const [only, ...others] = set;
  return others.length === 0 ? (only ?? null) : null;
}

const PICTURES = new Set(['img', 'svg', 'video', 'picture']);

/** Browsers give headings these sizes; a bigger one has to be bigger than them. */
const HEADING_EM = wordTable<number>({
  h1: 2,
  h2: 1.5,
  h3: 1.17,
  h4: 1,
  h5: 0.83,
  h6: 0.67,
  small: 0.83,
});

function insertedLength(
  request: StyleRequest,
  property: LengthProperty,
  change: Extract<Change, { kind: 'length' }>,
): string | null {
  if (property === 'font-size' && change.amount.kind === 'step' && change.amount.by === null) {
    const now = HEADING_EM[request.subject.tag] ?? 1;
    return moveLength(`${String(now)}em`, change.amount, property);
  }
  return startingLength(property, change.amount);
}

function planBox(
  request: StyleRequest,
  change: Extract<Change, { kind: 'length' }>,
  property: 'padding' | 'margin',
): StyleOutcome {
  const { sides, amount } = change;
  const names = (sides.length === 0 ? SIDES : sides).map((side) => `${property}-${side}`);
  const logical = placeFor(request, [`${property}-inline`, `${property}-block`]);
  if (typeof logical !== 'string' && logical.kind === 'declaration') return 'complex-value';
  const single = names.map((name) => placeFor(request, [name]));
  const own = single.filter((place) => typeof place !== 'string' && place.kind === 'declaration');
  if (own.length > 0) {
    if (own.length < names.length || isShorthand(amount)) return 'complex-value';
    return collect(
      names.map((name) =>
        setProperty(request, name, (current) =>
          current === null ? null : moveLength(current.trim(), amount, property),
        ),
      ),
    );
  }
  const place = placeFor(request, [property]);
  if (typeof place === 'string') return place === 'important' ? 'complex-value' : place;
  if (place.kind === 'declaration') {
    const move = (part: string): string | null => moveLength(part, amount, property);
    const whole = { start: 0, end: place.declaration.value.length };
    return replaceValue(request, place, place.declaration, whole, (current) => boxed(current, sides, amount, move));
  }
  const css = amount.kind === 'remove' && request.subject.tag !== '' ? '0' : startingLength(property, amount);
  if (css === null) return unwritten(amount);
  return sides.length === 0 || sides.length === 4
    ? [insert(request, place, property, css)]
    : insertSides(request, place, names, css);
}

/** Nothing here can grow or shrink, or what was said is no value of that property. */
function unwritten({ kind }: Amount): StyleOutcome {
  return kind === 'set' ? 'complex-value' : 'nothing-to-change';
}

/** "8px 16px" names all sides at once. */
function isShorthand(amount: Extract<Change, { kind: 'length' }>['amount']): boolean {
  return amount.kind === 'set' && amount.css.includes(' ');
}

function insertSides(
  request: StyleRequest,
  place: Extract<StylePlace, { kind: 'insertion' }>,
  names: readonly string[],
  css: string,
): StyleOutcome {
  const [name, ...rest] = names;
  return name !== undefined && rest.length === 0 ? [insert(request, place, name, css)] : 'complex-value';
}

function boxed(
  current: string,
  sides: readonly Side[],
  amount: Extract<Change, { kind: 'length' }>['amount'],
  move: (part: string) => string | null,
): string | null {
  if (sides.length === 0 && amount.kind === 'set') return move(current);
  if (sides.length === 0 && amount.kind === 'remove') return '0';
  // More of "4px 0" is more of the 4px.
  const grows = sides.length === 0 && amount.kind === 'step' && amount.by === null && /[1-9]/.test(current);
  return moveSides(current, sides, grows ? (part) => (Number.parseFloat(part) === 0 ? null : move(part)) : move);
}

function collect(outcomes: readonly StyleOutcome[]): StyleOutcome {
  const edits: PlannedEdit[] = [];
  for (const outcome of outcomes) {
    if (typeof outcome === 'string') return outcome;
    edits.push(...outcome);
  }
  return edits;
}

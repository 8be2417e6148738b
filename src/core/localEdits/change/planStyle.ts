import type { Change, Intent, LengthProperty, Side } from '../intent.ts';
import type { Declaration } from '../model/fileModel.ts';
import { scriptName } from '../model/readStyleObject.ts';
import type { RefusalReason } from '../plan.ts';
import type { IndexedSubject, StyleIndex } from '../styleIndex.ts';
import { workspaceOf } from '../styleIndex.ts';
import { moveSides, SIDES } from './boxValue.ts';
import { fillsOrWrites, isTextual } from './colorSubject.ts';
import { colorPart, newColor } from './newValue.ts';
import { lineOf, type PlannedEdit } from './plannedEdit.ts';
import { placeFor, type StylePlace } from './stylePlace.ts';
import { definitionsOf, ownerOfVariable, resolveValue, usesOf, variableIn } from './variables.ts';
import { moveLength, startingLength, writeSetLength } from './writeLength.ts';

export type StyleOutcome = PlannedEdit[] | RefusalReason;

export interface StyleRequest {
  index: StyleIndex;
  intent: Intent;
  words: readonly string[];
  subject: IndexedSubject;
  /** All that may change along: every subject that the phrase names. */
  targets: ReadonlySet<IndexedSubject>;
  /** The colour value of the thing in "like the header", already looked up. */
  likeColor: string | null;
}

/** Plans one style change for one subject. */
export function planStyle(request: StyleRequest): StyleOutcome {
  const { change } = request.intent;
  switch (change.kind) {
    case 'color':
      return planColor(request, change);
    case 'length':
      return planLength(request, change);
    case 'keyword':
      return planKeyword(request, change.property, change.value);
    case 'shadow':
      return planShadow(request, change);
    case 'border':
      return planBorder(request, change);
    default:
      return 'not-understood';
  }
}

function planColor(request: StyleRequest, change: Extract<Change, { kind: 'color' }>): StyleOutcome {
  const property =
    change.property === 'surface'
      ? fillsOrWrites(workspaceOf(request.index), request.subject, request.words)
      : change.property;
  const properties =
    property === 'background'
      ? ['background', 'background-color']
      : property === 'color'
        ? ['color']
        : ['border', 'border-color'];
  const place = placeFor(request.index, request.subject, properties, request.targets);
  if (typeof place === 'string') return place === 'important' ? 'complex-value' : place;
  const value = request.likeColor === null ? change.value : ({ kind: 'exact', css: request.likeColor } as const);
  if (place.kind === 'insertion') {
    if (property === 'border-color') return 'no-place';
    const css = newColor(value, null);
    if (css === null || value.kind === 'relative') return 'complex-value';
    return [insert(request, place, property === 'background' ? 'background' : 'color', css)];
  }
  return recolor(request, place, place.declaration, value);
}

function recolor(
  request: StyleRequest,
  place: Extract<StylePlace, { kind: 'declaration' }>,
  declaration: Declaration,
  value: Extract<Change, { kind: 'color' }>['value'],
): StyleOutcome {
  const part = colorPart(declaration.value);
  if (part === 'complex') return 'complex-value';
  if (part === 'none')
    return /^(?:none|0|unset|initial|inherit)$/i.test(declaration.value.trim()) &&
      declaration.property.startsWith('background')
      ? replaceAll(request, place, newColor(value, null))
      : 'complex-value';
  return replaceValue(request, place, declaration, part, (current) => newColor(value, current));
}

function replaceAll(
  request: StyleRequest,
  place: Extract<StylePlace, { kind: 'declaration' }>,
  css: string | null,
): StyleOutcome {
  if (css === null) return 'complex-value';
  const { value } = place.declaration;
  return replaceValue(request, place, place.declaration, { start: 0, end: value.length }, () => css);
}

/**
 * Replaces a part of a declaration. Where it is a variable, the variable changes if nothing else uses it; else the
 * value is written here, unless the variable has another value in the dark, which would be lost.
 */
function replaceValue(
  request: StyleRequest,
  place: Extract<StylePlace, { kind: 'declaration' }>,
  declaration: Declaration,
  part: { start: number; end: number },
  write: (current: string) => string | null,
): StyleOutcome {
  const old = declaration.value.slice(part.start, part.end);
  const name = variableIn(old);
  const resolved = resolveValue(request.index, old);
  if (name !== null) {
    const { base, others } = definitionsOf(request.index, name);
    const [only] = base;
    if (only && base.length === 1 && usesOf(request.index, name) === 1 && variableIn(only.value) === null) {
      const css = write(only.value);
      return css === null
        ? 'complex-value'
        : css === only.value
          ? 'nothing-to-change'
          : [variableEdit(request, only, css)];
    }
    if (others.length > 0) return 'shared-variable';
  }
  const css = write(resolved ?? old);
  if (css === null) return 'complex-value';
  if (css === old) return 'nothing-to-change';
  const text = quoteFor(declaration, css);
  if (text === null) return 'complex-value';
  const whole = declaration.notation === 'number';
  const start = declaration.valueStart + (whole ? 0 : part.start);
  const end = whole ? declaration.valueEnd : declaration.valueStart + part.end;
  const after = declaration.value.slice(0, part.start) + css + declaration.value.slice(part.end);
  const important = declaration.important ? ' !important' : '';
  const fact = {
    owner: place.owner,
    name: declaration.property,
    before: declaration.value + important,
    after: after + important,
  };
  return [
    edit(request, place, {
      start,
      end,
      text,
      property: declaration.property,
      from: declaration.value,
      to: after,
      fact,
    }),
  ];
}

function variableEdit(
  request: StyleRequest,
  variable: ReturnType<typeof definitionsOf>['base'][number],
  css: string,
): PlannedEdit {
  const { path, name, value, valueStart, valueEnd } = variable;
  const fact = { owner: ownerOfVariable(request.index, variable), name, before: value, after: css };
  return edit(
    request,
    { path, label: name },
    { start: valueStart, end: valueEnd, text: css, property: name, from: value, to: css, fact },
  );
}

interface Replacement {
  start: number;
  end: number;
  text: string;
  property: string;
  from: string | null;
  to: string;
  fact: PlannedEdit['fact'];
}

function edit(request: StyleRequest, place: { path: string; label: string }, change: Replacement): PlannedEdit {
  const text = request.index.files.get(place.path)?.text ?? '';
  const step = {
    path: place.path,
    line: lineOf(text, change.start),
    what: place.label,
    property: change.property,
    from: change.from,
    to: change.to,
  };
  return { path: place.path, start: change.start, end: change.end, text: change.text, fact: change.fact, step };
}

/** A value as it may stand in its notation; null if it would need another kind of quoting. */
function quoteFor(declaration: Declaration, css: string): string | null {
  if (declaration.notation === '`') return null;
  if (declaration.notation === 'number')
    return /^-?\d+(?:\.\d+)?(?:px)?$/.test(css) ? css.replace('px', '') : `'${css}'`;
  return /["'`\\\n<>]/.test(css) ? null : css;
}

function insert(
  request: StyleRequest,
  place: Extract<StylePlace, { kind: 'insertion' }>,
  property: string,
  css: string,
): PlannedEdit {
  const { at, before, after, colon } = place.insertion;
  const { notation, quote } = place.insertion;
  const declared =
    notation === 'object' ? `${scriptName(property)}${colon}${quote}${css}${quote}` : `${property}${colon}${css}`;
  const text = before + declared + after;
  const fact = { owner: place.owner, name: property, before: null, after: css };
  return edit(request, place, { start: at, end: at, text, property, from: null, to: css, fact });
}

/** Replaces the whole value of a property, or puts it in where it stands nowhere. */
function setProperty(
  request: StyleRequest,
  property: string,
  write: (current: string | null) => string | null,
): StyleOutcome {
  const place = placeFor(request.index, request.subject, [property], request.targets);
  if (typeof place === 'string') return place === 'important' ? 'complex-value' : place;
  if (place.kind === 'insertion') {
    const css = write(null);
    return css === null ? 'nothing-to-change' : [insert(request, place, property, css)];
  }
  const { declaration } = place;
  return replaceValue(request, place, declaration, { start: 0, end: declaration.value.length }, write);
}

function planKeyword(request: StyleRequest, property: string, value: string): StyleOutcome {
  if (property === 'text-decoration') {
    const line = placeFor(request.index, request.subject, ['text-decoration-line'], request.targets);
    if (typeof line !== 'string' && line.kind === 'declaration') return 'complex-value';
  }
  return setProperty(request, property, (current) => {
    if (property !== 'font-weight') return value;
    const names: Readonly<Record<string, string>> = { bold: '700', normal: '400' };
    return current !== null && /^\d+$/.test(current.trim()) ? (names[value] ?? value) : value;
  });
}

function planLength(request: StyleRequest, change: Extract<Change, { kind: 'length' }>): StyleOutcome {
  const property = propertyFor(request, change);
  if (property === null) return 'not-understood';
  if (property === 'padding' || property === 'margin') return planBox(request, change, property);
  if (property === 'border-width') return planBorderWidth(request, change);
  const names = property === 'gap' ? ['gap', 'grid-gap'] : [property];
  const place = placeFor(request.index, request.subject, names, request.targets);
  if (typeof place === 'string') return place === 'important' ? 'complex-value' : place;
  if (place.kind === 'insertion') {
    const css = insertedLength(request, property, change);
    return css === null ? 'nothing-to-change' : [insert(request, place, property, css)];
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

function propertyFor(request: StyleRequest, change: Extract<Change, { kind: 'length' }>): LengthProperty | null {
  if (change.property === 'size') return isTextual(request.subject, request.words) ? 'font-size' : null;
  if (change.property === 'space') return change.sides.length > 0 ? 'margin' : null;
  return change.property;
}

/** Browsers give headings these sizes; a bigger one has to be bigger than them. */
const HEADING_EM: Readonly<Record<string, number>> = {
  h1: 2,
  h2: 1.5,
  h3: 1.17,
  h4: 1,
  h5: 0.83,
  h6: 0.67,
  small: 0.83,
};

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
  const logical = placeFor(
    request.index,
    request.subject,
    [`${property}-inline`, `${property}-block`],
    request.targets,
  );
  if (typeof logical !== 'string' && logical.kind === 'declaration') return 'complex-value';
  const single = names.map((name) => placeFor(request.index, request.subject, [name], request.targets));
  const own = single.filter((place) => typeof place !== 'string' && place.kind === 'declaration');
  if (own.length > 0) {
    if (own.length < names.length) return 'complex-value';
    return collect(
      names.map((name) =>
        setProperty(request, name, (current) =>
          current === null ? null : moveLength(current.trim(), amount, property),
        ),
      ),
    );
  }
  const place = placeFor(request.index, request.subject, [property], request.targets);
  if (typeof place === 'string') return place === 'important' ? 'complex-value' : place;
  if (place.kind === 'declaration') {
    const move = (part: string): string | null => moveLength(part, amount, property);
    const whole = { start: 0, end: place.declaration.value.length };
    return replaceValue(request, place, place.declaration, whole, (current) => boxed(current, sides, amount, move));
  }
  const css = amount.kind === 'remove' && request.subject.tag !== '' ? '0' : startingLength(property, amount);
  if (css === null) return 'nothing-to-change';
  return sides.length === 0 || sides.length === 4
    ? [insert(request, place, property, css)]
    : insertSides(request, place, names, css);
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
  return moveSides(current, sides, move);
}

function collect(outcomes: readonly StyleOutcome[]): StyleOutcome {
  const edits: PlannedEdit[] = [];
  for (const outcome of outcomes) {
    if (typeof outcome === 'string') return outcome;
    edits.push(...outcome);
  }
  return edits;
}

const SHADOWS = {
  subtle: '0 1px 3px rgba(0, 0, 0, 0.12)',
  normal: '0 2px 8px rgba(0, 0, 0, 0.15)',
  strong: '0 8px 24px rgba(0, 0, 0, 0.25)',
} as const;

function planShadow(request: StyleRequest, change: Extract<Change, { kind: 'shadow' }>): StyleOutcome {
  return setProperty(request, 'box-shadow', (current) => {
    if (change.amount === 'remove') return current === null ? null : 'none';
    if (change.amount === 'add') return SHADOWS[change.strength];
    if (current === null || current.trim() === 'none') return change.amount === 'more' ? SHADOWS.normal : null;
    return change.amount === 'more' ? SHADOWS.strong : SHADOWS.subtle;
  });
}

function planBorder(request: StyleRequest, change: Extract<Change, { kind: 'border' }>): StyleOutcome {
  const [side] = change.sides;
  const property = change.sides.length === 1 && side ? `border-${side}` : 'border';
  if (change.sides.length > 1 && change.sides.length < 4) return 'complex-value';
  return setProperty(request, property, (current) => {
    if (change.amount === 'remove') return current === null ? null : 'none';
    return borderValue(current, change);
  });
}

function borderValue(current: string | null, change: Extract<Change, { kind: 'border' }>): string | null {
  const now = current === null || /^(?:none|0|0px)$/i.test(current.trim()) ? null : current;
  if (now === null) {
    const color = change.color ? newColor(change.color, null) : '#d1d5db';
    return color === null ? null : `${change.width ?? '1px'} ${change.style ?? 'solid'} ${color}`;
  }
  let next = now;
  if (change.color) {
    const part = colorPart(next);
    const color = typeof part === 'string' ? null : newColor(change.color, part.text);
    if (typeof part === 'string' || color === null) return null;
    next = next.slice(0, part.start) + color + next.slice(part.end);
  }
  if (change.width !== null)
    next = next.replace(/(^|\s)(?:\d*\.?\d+(?:px|em|rem)?|thin|medium|thick)(?=\s|$)/, `$1${change.width}`);
  if (change.style !== null) next = next.replace(/\b(?:solid|dashed|dotted|double)\b/, change.style);
  return next;
}

function planBorderWidth(request: StyleRequest, change: Extract<Change, { kind: 'length' }>): StyleOutcome {
  const place = placeFor(request.index, request.subject, ['border', 'border-width'], request.targets);
  if (typeof place === 'string') return place === 'important' ? 'complex-value' : place;
  if (place.kind === 'insertion') return 'no-place';
  const width = /(?<![\w.#-])\d*\.?\d+(?:px|em|rem)(?![\w-])/.exec(place.declaration.value);
  if (!width) return 'complex-value';
  const part = { start: width.index, end: width.index + width[0].length };
  return replaceValue(request, place, place.declaration, part, (current) =>
    moveLength(current, change.amount, 'border-width'),
  );
}

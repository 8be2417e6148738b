import { rulesFor, winner } from '../cascade.ts';
import type { Change } from '../intent.ts';
import type { Declaration } from '../model/fileModel.ts';
import { fillsOrWrites } from './colorSubject.ts';
import { conceptOf } from '../target/concepts.ts';
import { gapContainer } from './gapContainer.ts';
import { insert, replaceValue, setProperty } from './editDeclaration.ts';
import { colorPart, newColor } from './newValue.ts';
import { planBorder, planBorderColor } from './planBorder.ts';
import { planLength, propertyFor } from './planLength.ts';
import { hasUtilities, planUtility } from './planUtility.ts';
import { placeFor, type StylePlace } from './stylePlace.ts';
import type { StyleOutcome, StyleRequest } from './styleRequest.ts';
import { resolveValue } from './variables.ts';
import { readUtility, type Family } from './utilityClasses.ts';

/** Plans one style change for one subject. */
export function planStyle(request: StyleRequest): StyleOutcome {
  const { change } = request.intent;
  const { element } = request.subject;
  if (element && hasUtilities(element)) {
    const property = decidedProperty(request);
    const claimed = property !== null && isClaimed(request, property);
    if (!claimed) return planUtility(request, element, property);
    // Two ways of styling meet in one property: which of them wins is not in the files.
    if (element.classes.some((name) => readUtility(name)?.family === property)) return 'complex-value';
  }
  switch (change.kind) {
    case 'color':
      return planColor(request, change);
    case 'length':
      return planLength(request, change);
    case 'keyword':
      return isLayout(request, change) ? 'not-understood' : planKeyword(request, change.property, change.value);
    case 'shadow':
      return planShadow(request, change);
    case 'border':
      return planBorder(request, change);
    default:
      return 'not-understood';
  }
}

/** The property that a change is about, as the families of utility classes name it; null if they have none for it. */
function decidedProperty(request: StyleRequest): Family | null {
  const { change } = request.intent;
  if (change.kind === 'color') {
    if (change.property !== 'surface') return change.property;
    return fillsOrWrites(request.view.workspace, request.subject, request.words);
  }
  if (change.kind === 'shadow') return 'box-shadow';
  if (change.kind === 'keyword') return change.property as Family;
  if (change.kind !== 'length') return null;
  const property = propertyFor(request, change);
  return property === 'size' || property === 'space' ? null : (property as Family | null);
}

function isClaimed(request: StyleRequest, property: Family): boolean {
  const names =
    property === 'background'
      ? ['background', 'background-color']
      : property === 'border-color'
        ? ['border', 'border-color']
        : [property];
  const inline = request.subject.element?.inlineStyle.some((declaration) => names.includes(declaration.property));
  return inline === true || winner(rulesFor(request.view.workspace.table, request.subject), names) !== null;
}

function planColor(request: StyleRequest, change: Extract<Change, { kind: 'color' }>): StyleOutcome {
  const property =
    change.property === 'surface'
      ? fillsOrWrites(request.view.workspace, request.subject, request.words)
      : change.property;
  if (property === 'border-color') return planBorderColor(request, change);
  const properties = property === 'background' ? ['background', 'background-color'] : ['color'];
  const place = placeFor(request, properties);
  if (typeof place === 'string') return place === 'important' ? 'complex-value' : place;
  const value = request.likeColor === null ? change.value : ({ kind: 'exact', css: request.likeColor } as const);
  if (place.kind === 'insertion') {
    const now = value.kind === 'relative' && property === 'color' ? inheritedColor(request) : null;
    const css = value.kind === 'relative' && now === null ? null : newColor(value, now);
    return css === null ? 'complex-value' : [insert(request, place, property, css)];
  }
  return recolor(request, place, place.declaration, value);
}

/** The text colour that a thing takes from what it stands in, if that is a plain colour. */
function inheritedColor({ view, subject }: StyleRequest): string | null {
  for (let outer = subject.parent; outer; outer = outer.parent) {
    const claim = winner(rulesFor(view.workspace.table, outer), ['color']);
    if (claim) return resolveValue(view, claim.declaration.value, outer);
  }
  return null;
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
      /^(?:background|color)/.test(declaration.property)
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

/** To center a box is layout; text-align moves what is in it, and nothing where flex or grid lays it out. */
function isLayout(request: StyleRequest, change: Extract<Change, { kind: 'keyword' }>): boolean {
  if (change.property !== 'text-align' || change.ofText) return false;
  if (BOXES_TO_PLACE.has(conceptOf(request.words.at(-1) ?? ''))) return true;
  return gapContainer(request.view, request.subject, false) === request.subject;
}

const BOXES_TO_PLACE = new Set(
  'modal image button form map logo table video icon input container avatar badge div box dropdown grid'.split(' '),
);

function planKeyword(request: StyleRequest, property: string, value: string): StyleOutcome {
  if (property === 'text-decoration') {
    const line = placeFor(request, ['text-decoration-line']);
    if (typeof line !== 'string' && line.kind === 'declaration') return 'complex-value';
  }
  return setProperty(request, property, (current) => {
    if (property !== 'font-weight') return value;
    const names: Readonly<Record<string, string>> = { bold: '700', normal: '400' };
    return current !== null && /^\d+$/.test(current.trim()) ? (names[value] ?? value) : value;
  });
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

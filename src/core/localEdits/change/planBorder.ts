import type { ColorValue } from '../colors/colorValue.ts';
import type { Change } from '../intent.ts';
import { declaredBorders, isDeclared } from './borderPlaces.ts';
import { setProperty } from './editDeclaration.ts';
import { colorPart, newColor } from './newValue.ts';
import type { PlannedEdit } from './plannedEdit.ts';
import type { StyleOutcome, StyleRequest } from './styleRequest.ts';
import { isThemed, resolveValue } from './variables.ts';
import { moveLength } from './writeLength.ts';

type BorderChange = Extract<Change, { kind: 'border' }>;

/** Plans a border: a new one, other parts of the one that is there, or none. */
export function planBorder(request: StyleRequest, change: BorderChange): StyleOutcome {
  if (change.color && change.width === null && change.style === null && isDeclared(request, 'border-color')) {
    return planBorderColor(request, { kind: 'color', property: 'border-color', value: change.color, from: null });
  }
  const declared = declaredBorders(request, change.sides, '');
  const [side, ...others] = change.sides;
  if (declared.length > 0)
    return onEach(request, declared, (current) =>
      change.amount === 'remove' ? 'none' : borderValue(request, current, change),
    );
  if (others.length > 0 && others.length < 3) return 'complex-value';
  const property = side && others.length === 0 ? `border-${side}` : 'border';
  if (change.amount === 'add') return setProperty(request, property, () => borderValue(request, null, change));
  return side && isDeclared(request, 'border') ? setProperty(request, property, () => 'none') : 'nothing-to-change';
}

/** Plans another width for the border that is there. */
export function planBorderWidth(request: StyleRequest, change: Extract<Change, { kind: 'length' }>): StyleOutcome {
  const declared = declaredBorders(request, change.sides, '-width');
  if (declared.length === 0) return 'no-place';
  return onEach(request, declared, (current) => {
    const width = /(?<![\w.#-])\d*\.?\d+(?:px|em|rem)(?![\w-])/.exec(current ?? '');
    const moved = width && moveLength(width[0], change.amount, 'border-width');
    return width && moved ? (current ?? '').replace(width[0], moved) : null;
  });
}

/** Plans another colour for the border that is there. */
export function planBorderColor(request: StyleRequest, change: Extract<Change, { kind: 'color' }>): StyleOutcome {
  const declared = declaredBorders(request, [], '-color');
  if (declared.length === 0) return 'no-place';
  const value = request.likeColor === null ? change.value : ({ kind: 'exact', css: request.likeColor } as const);
  return onEach(request, declared, (current) => {
    return current === null ? null : recolored(request, current, value);
  });
}

function onEach(
  request: StyleRequest,
  properties: readonly string[],
  write: (current: string | null) => string | null,
): StyleOutcome {
  const edits: PlannedEdit[] = [];
  for (const property of properties) {
    const outcome = setProperty(request, property, write);
    if (typeof outcome === 'string') return outcome;
    edits.push(...outcome);
  }
  return edits;
}

function borderValue(request: StyleRequest, current: string | null, change: BorderChange): string | null {
  const now = current === null || /^(?:none|0|0px)$/i.test(current.trim()) ? null : current;
  if (now === null) {
    const color = change.color ? newColor(change.color, null) : '#d1d5db';
    return color === null ? null : `${change.width ?? '1px'} ${change.style ?? 'solid'} ${color}`;
  }
  let next = now;
  if (change.color) {
    const colored = recolored(request, next, change.color);
    if (colored === null) return null;
    next = colored;
  }
  if (change.width !== null) {
    next = next.replace(/(^|\s)(?:\d*\.?\d+(?:px|em|rem)?|thin|medium|thick)(?=\s|$)/, `$1${change.width}`);
  }
  if (change.style !== null) next = next.replace(/\b(?:solid|dashed|dotted|double)\b/, change.style);
  return next;
}

function recolored({ view, subject }: StyleRequest, value: string, color: ColorValue): string | null {
  const part = colorPart(value);
  if (typeof part === 'string' || isThemed(view, part.text, subject)) return null;
  const css = newColor(color, resolveValue(view, part.text, subject));
  return css === null ? null : value.slice(0, part.start) + css + value.slice(part.end);
}

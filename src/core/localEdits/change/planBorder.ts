import type { Change } from '../intent.ts';
import { setProperty } from './editDeclaration.ts';
import { colorPart, newColor } from './newValue.ts';
import type { StyleOutcome, StyleRequest } from './styleRequest.ts';

/** Plans a border: a new one, other parts of the one that is there, or none. */
export function planBorder(request: StyleRequest, change: Extract<Change, { kind: 'border' }>): StyleOutcome {
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

import type { Declaration, StyleVariable } from '../model/fileModel.ts';
import { scriptName } from '../model/readStyleObject.ts';
import { lineOf, type PlannedEdit } from './plannedEdit.ts';
import { placeFor, type StylePlace } from './stylePlace.ts';
import type { StyleOutcome, StyleRequest } from './styleRequest.ts';
import { definitionsOf, ownerOfVariable, resolveValue, usesOf, variableIn } from './variables.ts';

/** A value that a script works out: what it hangs on would be lost. */
const COMPUTED = /\$\{|\bv-bind\(/;

/**
 * Replaces a part of a declaration. Where it is a variable, the variable changes if nothing else uses it; else the
 * value is written here, unless the variable has another value in the dark, which would be lost.
 */
export function replaceValue(
  request: StyleRequest,
  place: Extract<StylePlace, { kind: 'declaration' }>,
  declaration: Declaration,
  part: { start: number; end: number },
  write: (current: string) => string | null,
): StyleOutcome {
  const old = declaration.value.slice(part.start, part.end);
  if (COMPUTED.test(old) || declaration.notation === '`') return 'complex-value';
  const name = variableIn(old);
  const resolved = resolveValue(request.view, old, request.subject);
  if (name !== null) {
    const { base, others } = definitionsOf(request.view, name, request.subject);
    const [only] = base;
    if (only && base.length === 1 && usesOf(request.view, only) === 1 && variableIn(only.value) === null) {
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

function variableEdit(request: StyleRequest, variable: StyleVariable, css: string): PlannedEdit {
  const { path, name, value, valueStart, valueEnd } = variable;
  const fact = { owner: ownerOfVariable(request.view, variable), name, before: value, after: css };
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
  const text = request.view.files.get(place.path)?.text ?? '';
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
  if (declaration.notation === 'number')
    return /^-?\d+(?:\.\d+)?(?:px)?$/.test(css) ? css.replace('px', '') : `'${css}'`;
  return /["'`\\\n<>]/.test(css) ? null : css;
}

export function insert(
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
export function setProperty(
  request: StyleRequest,
  property: string,
  write: (current: string | null) => string | null,
): StyleOutcome {
  const place = placeFor(request, [property]);
  if (typeof place === 'string') return place === 'important' ? 'complex-value' : place;
  if (place.kind === 'insertion') {
    if (isBeatenByFont(request, property, place)) return 'complex-value';
    const css = write(null);
    return css === null ? 'nothing-to-change' : [insert(request, place, property, css)];
  }
  const { declaration } = place;
  return replaceValue(request, place, declaration, { start: 0, end: declaration.value.length }, write);
}

/** The font shorthand sets these too: a new declaration has to stand in the same rule, behind it. */
function isBeatenByFont(
  request: StyleRequest,
  property: string,
  place: Extract<StylePlace, { kind: 'insertion' }>,
): boolean {
  if (!/^(?:font-|line-height)/.test(property)) return false;
  const font = placeFor(request, ['font']);
  return typeof font === 'string' ? font === 'important' : font.kind === 'declaration' && font.owner !== place.owner;
}

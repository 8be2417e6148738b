import type { Node, ObjectExpression, ObjectProperty } from '@babel/types';
import type { Declaration, FileModel, Insertion, MarkupElement } from './fileModel.ts';

/** Numbers of these are plain numbers, of all others pixels. */
const UNITLESS = new Set([
  'opacity',
  'font-weight',
  'line-height',
  'z-index',
  'flex',
  'flex-grow',
  'flex-shrink',
  'order',
  'zoom',
]);

/** Reads style={{ … }}; a style that is computed leaves the element without an inline style that can be changed. */
export function readStyleObject(model: FileModel, element: MarkupElement, node: Node): void {
  if (node.type !== 'ObjectExpression') return;
  const styles = stylesIn(model, node);
  element.inlineStyle.push(...styles.declarations);
  element.inlineInsertion = styles.insertion;
}

/** The declarations in an object of styles, and where another can stand: nowhere if a part of it is computed. */
export function stylesIn(
  model: FileModel,
  node: ObjectExpression,
): { declarations: Declaration[]; insertion: Insertion | null } {
  let declarations: Declaration[] = [];
  for (const property of node.properties) {
    const isNamed = property.type === 'ObjectProperty' && !property.computed;
    const declaration = isNamed ? readProperty(model, property) : null;
    if (declaration) declarations.push(declaration);
    // { padding: 4, ...given } may have another padding in the end.
    if (!isNamed) declarations = declarations.map((each) => ({ ...each, notation: '`' }));
  }
  const last = node.properties.at(-1);
  const isPlain = node.properties.every((property) => property.type === 'ObjectProperty' && !property.computed);
  const insertion = isPlain && last?.type === 'ObjectProperty' ? insertionBehind(model, node, last) : null;
  return { declarations, insertion };
}

function insertionBehind(model: FileModel, node: ObjectExpression, last: ObjectProperty): Insertion {
  const source = model.text.slice(node.start ?? 0, node.end ?? 0);
  const quote = source.includes("'") || !source.includes('"') ? "'" : '"';
  const lineStart = model.text.lastIndexOf('\n', last.start ?? 0) + 1;
  const lead = model.text.slice(lineStart, last.start ?? 0);
  const alone = lineStart > (node.start ?? 0) && lead.trim() === '';
  const eol = model.text.charAt(lineStart - 2) === '\r' ? '\r\n' : '\n';
  const before = alone ? `,${eol}${lead}` : ', ';
  return { at: last.end ?? 0, before, after: '', colon: ': ', notation: 'object', quote };
}

function readProperty(model: FileModel, node: ObjectProperty): Declaration | null {
  const name =
    node.key.type === 'Identifier' ? node.key.name : node.key.type === 'StringLiteral' ? node.key.value : null;
  if (name === null) return null;
  const property = cssName(name);
  const start = node.start ?? 0;
  const { value } = node;
  const place = { property, important: false, start, valueStart: value.start ?? 0, valueEnd: value.end ?? 0 };
  if (value.type === 'NumericLiteral') {
    const unit = UNITLESS.has(property) || value.value === 0 ? '' : 'px';
    return { ...place, value: `${String(value.value)}${unit}`, notation: 'number' };
  }
  const quote = model.text.charAt(place.valueStart);
  if (
    value.type === 'StringLiteral' &&
    (quote === "'" || quote === '"') &&
    model.text.slice(place.valueStart + 1, place.valueEnd - 1) === value.value
  ) {
    return {
      ...place,
      valueStart: place.valueStart + 1,
      valueEnd: place.valueEnd - 1,
      value: value.value,
      notation: quote,
    };
  }
  // What is computed still decides; its source is no value that could be changed.
  return { ...place, value: model.text.slice(place.valueStart, place.valueEnd), notation: '`' };
}

export function cssName(name: string): string {
  return name.startsWith('--')
    ? name
    : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/^(?=(?:webkit|moz)-)/, '-');
}

export function scriptName(property: string): string {
  return property.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

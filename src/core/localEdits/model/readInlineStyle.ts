import postcss from 'postcss';
import type { Declaration, Insertion } from './fileModel.ts';

export interface InlineStyle {
  declarations: Declaration[];
  insertion: Insertion | null;
}

/** Reads the text of a style attribute that stands at `offset` of `text`; null where it is no plain CSS. */
export function readInlineStyle(text: string, offset: number, end: number): InlineStyle | null {
  const css = text.slice(offset, end);
  if (/[{}&]/.test(css)) return null;
  try {
    const declarations: Declaration[] = [];
    postcss.parse(css).each((node) => {
      if (node.type !== 'decl') return;
      const start = offset + (node.source?.start?.offset ?? 0);
      const valueStart = start + node.prop.length + (node.raws.between ?? ':').length;
      const valueEnd = valueStart + node.value.length;
      const property = node.prop.toLowerCase();
      if (text.slice(valueStart, valueEnd) !== node.value) return;
      declarations.push({
        property,
        value: node.value,
        important: node.important === true,
        valueStart,
        valueEnd,
        start,
        notation: 'attribute',
      });
    });
    return { declarations, insertion: insertionInto(text, css, offset, declarations) };
  } catch {
    return null;
  }
}

function insertionInto(text: string, css: string, offset: number, declarations: readonly Declaration[]): Insertion {
  const trimmed = css.trimEnd();
  const closed = trimmed === '' || trimmed.endsWith(';');
  const last = declarations.at(-1);
  const colon = last ? (/:(\s*)$/.exec(text.slice(last.start, last.valueStart))?.[0] ?? ':') : ':';
  const spaced = declarations.length < 2 ? colon.length > 1 : /;\s/.test(css);
  const before = `${closed ? '' : ';'}${spaced && trimmed !== '' ? ' ' : ''}`;
  return {
    at: offset + trimmed.length,
    before,
    after: closed && trimmed !== '' ? ';' : '',
    colon,
    notation: 'attribute',
    quote: '"',
  };
}

import { readField } from './readField.ts';
import { words } from './words.ts';

/** Reads the name of a figure such as `open tickets` or `page views`; null for what is no name. */
export function readFigure(text: string): Figure | null {
  const plain = text.replace(ownWords, '').replace(span, '');
  const read = /\bby\b/i.test(text) ? null : readField(plain, '');
  if (!read) return null;
  const { type } = read.field;
  return {
    label: plain === text ? read.field.label : words.title(text),
    type: type === 'money' || type === 'percent' ? type : null,
  };
}

interface Figure {
  readonly label: string;
  /** As the words around the name say it, `in euros` for one; null if they say nothing. */
  readonly type: 'money' | 'percent' | null;
}

/** Words that a column's name never holds, since they ask for behaviour, but a figure's name does. */
const ownWords = /\b(?:open|page|average|api|video|form|server|click|all)\s+(?=[a-z])/gi;
const span = /\s+(?:(?:this|last) (?:month|week|quarter|year)|today|per [a-z]+)$/i;

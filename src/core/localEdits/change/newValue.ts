import valueParser from 'postcss-value-parser';
import { parseColor, writeColor } from '../colors/writeColor.ts';
import type { ColorValue } from '../colors/colorValue.ts';

/** A new value for a declaration: `fragment` places a part of it, so that the rest stays byte for byte. */
export interface ValuePart {
  /** Offsets into the value. */
  start: number;
  end: number;
  text: string;
}

/** The colour in a value: all of it, or the one colour among other words (border, background shorthand). */
export function colorPart(value: string): ValuePart | 'none' | 'complex' {
  const trimmed = value.trim();
  const lead = value.length - value.trimStart().length;
  if (isColorLike(trimmed)) return { start: lead, end: lead + trimmed.length, text: trimmed };
  const parsed = valueParser(value);
  const found: ValuePart[] = [];
  let complex = false;
  for (const node of parsed.nodes) {
    if (node.type === 'div' && node.value === ',') complex = true;
    const text = value.slice(node.sourceIndex, node.sourceEndIndex);
    if (node.type === 'function' && /gradient|image|url|light-dark|color-mix/i.test(node.value)) {
      if (!/^url$/i.test(node.value)) complex = true;
    } else if ((node.type === 'word' || node.type === 'function') && isColorLike(text)) {
      found.push({ start: node.sourceIndex, end: node.sourceIndex + text.length, text });
    }
  }
  if (complex || found.length > 1) return 'complex';
  return found[0] ?? 'none';
}

/** A colour, or what usually stands for one: a variable. */
export function isColorLike(text: string): boolean {
  if (parseColor(text) !== null) return true;
  return /^(?:var\(\s*--[\w-]+\s*(?:,[^()]*)?\)|(?:[a-z][\w-]*\.)?\$[\w-]+|@[\w-]+|currentcolor|transparent)$/i.test(
    text,
  );
}

/** A colour for a place where `current` (variables resolved) stands now; null if it cannot be told. */
export function newColor(value: ColorValue, current: string | null): string | null {
  return writeColor(value, current);
}

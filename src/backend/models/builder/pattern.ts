/** A case-insensitive pattern that may go over several lines: a line's end and the blanks around it are no part of it. */
export function pattern(parts: TemplateStringsArray): RegExp {
  return new RegExp(String.raw(parts).replace(/\s*\n\s*/g, ''), 'i');
}

/** A case-insensitive pattern that may go over several lines: line ends and blanks around them don't count. */
export function pattern(parts: TemplateStringsArray, ...values: readonly string[]): RegExp {
  return new RegExp(String.raw(parts, ...values).replace(/\s*\n\s*/g, ''), 'i');
}

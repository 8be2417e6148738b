/**
 * A file's name as it may stand among other words for the model: file systems allow line breaks in names, and what
 * stands on a line of its own would speak there.
 */
export function onOneLine(name: string): string {
  return name.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
}

/** The one piece in which two texts differ, in UTF-16 code units: so that the caret, folds and marks around it stay. */
export function textDifference(before: string, after: string): { start: number; end: number; text: string } | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let same = 0;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  ) {
    same += 1;
  }
  return { start, end: before.length - same, text: after.slice(start, after.length - same) };
}

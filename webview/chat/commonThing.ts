/**
 * The word of the draft that every candidate's label has: "header" for `header.site` and `.page-header`. `null` if
 * there is none.
 */
export function commonThing(draft: string, labels: readonly string[]): string | null {
  const wordsOfLabels = labels.map((label) => new Set(label.toLowerCase().match(WORD) ?? []));
  const drafted = draft.toLowerCase().match(WORD) ?? [];
  return drafted.find((word) => wordsOfLabels.every((words) => words.has(word))) ?? null;
}

const WORD = /\p{L}{3,}/gu;

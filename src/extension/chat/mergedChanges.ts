import type { AssistantMessage } from './chatReducer.ts';

/** A generation that went on has changed a file twice at most in the list's eyes: once. */
export function mergedChanges(
  earlier: AssistantMessage['changes'],
  later: AssistantMessage['changes'],
): AssistantMessage['changes'] {
  const merged = new Map(earlier.map((change) => [change.path, change]));
  for (const change of later) {
    const before = merged.get(change.path);
    const sum = before && { ...before, added: before.added + change.added, removed: before.removed + change.removed };
    merged.set(change.path, sum ?? change);
  }
  return [...merged.values()];
}

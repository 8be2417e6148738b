import type { Change, Entry } from '../../../core/checkpoint.ts';
import type { Generation, History, Rollback } from './history.ts';

/** The contents, by hash, that rolling a generation back would need, and redoing its rollbacks. */
export function neededContents(generation: Generation, history: History): Set<string> {
  const changes = [...generation.changes, ...rollbacksOf(generation, history).flatMap((rollback) => rollback.changes)];
  return new Set([...changes.flatMap(sides), ...openEntries(generation, history)].flatMap(hashOf));
}

/** The rollbacks of generations that are all dropped: nothing of theirs can be redone any more. */
export function rollbacksWithout(history: History, dropped: ReadonlySet<string>): string[] {
  const isGone = (id: string): boolean => dropped.has(id) || history.generations.get(id)?.dropped !== false;
  return [...history.rollbacks.values()].flatMap(({ id, undone }) =>
    undone.every((part) => isGone(part.id)) ? [id] : [],
  );
}

function rollbacksOf({ id }: Generation, history: History): Rollback[] {
  return [...history.rollbacks.values()].filter(({ undone }) => undone.some((part) => part.id === id));
}

/** What was recorded and not ended: what stood there, and what the next operation found in its place. */
function openEntries({ recorded }: Generation, history: History): Entry[] {
  return [...recorded].flatMap(([path, { entry, position }]) => {
    const next = history.nextBefore(path, position);
    return next === undefined ? [entry] : [entry, next];
  });
}

function sides({ before, after }: Change): Entry[] {
  return [before, after];
}

function hashOf(entry: Entry): string[] {
  return entry.kind === 'file' ? [entry.hash] : [];
}

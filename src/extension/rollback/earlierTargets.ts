import type { RollbackScope } from '../../protocol/rollbackPreview.ts';
import type { KeptGeneration } from './keptGenerations.ts';
import type { RollbackTargets } from './rollbackTargets.ts';

/**
 * The targets of a generation that belongs to an earlier chat; null if the store does not know it. `kept` are all
 * generations of its folder, the oldest first; what still runs is left alone.
 */
export function earlierTargets(
  kept: readonly KeptGeneration[],
  folder: string,
  id: string,
  scope: RollbackScope,
): RollbackTargets | null {
  const at = kept.findIndex((generation) => generation.id === id);
  const target = kept[at];
  if (!target) return null;
  const later = kept.slice(at + 1).filter(({ state }) => state !== 'rolledBack' && state !== 'open');
  const taken = scope === 'since' ? [target, ...later] : [target];
  return {
    prompt: target.prompt,
    generations: taken.map((generation) => ({ id: generation.id, changesState: 'pending' })),
    checkpoints: taken.flatMap(({ checkpoints }) => checkpoints),
    folder,
    messages: [],
    laterMessages: 0,
    hasLater: later.length > 0,
    inChat: false,
  };
}

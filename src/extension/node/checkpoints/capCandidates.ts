import type { KeptGeneration } from '../../../core/checkpointCap.ts';
import type { Generation, History } from './history.ts';
import { neededContents } from './neededContents.ts';

/** Generations as the cap judges them, in the same order. */
export function capCandidates(
  generations: readonly Generation[],
  history: History,
  isOpen: (generation: Generation) => boolean,
): KeptGeneration[] {
  return generations.map((generation) => ({
    id: generation.id,
    at: generation.at,
    contents: neededContents(generation, history),
    isOpen: isOpen(generation),
  }));
}

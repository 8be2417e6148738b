import type { KeptParts } from '../chat/chatState.ts';

/** What a person has accepted after they accepted these files whole. */
export function keptFiles(kept: KeptParts, paths: readonly string[]): KeptParts {
  return { ...kept, ...Object.fromEntries(paths.map((path) => [path, 'all' as const])) };
}

/** The same after they accepted some hunks of one file. */
export function keptHunks(kept: KeptParts, path: string, positions: readonly number[]): KeptParts {
  const earlier = kept[path];
  if (earlier === 'all') return kept;
  return { ...kept, [path]: [...new Set([...(earlier ?? []), ...positions])].sort((a, b) => a - b) };
}

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

/** The same after something was undone: what is undone is not kept any more. */
export function keptAfterUndo(
  kept: KeptParts,
  undone: { readonly files: readonly string[]; readonly hunks: { path: string; positions: readonly number[] } | null },
): KeptParts {
  const { files, hunks } = undone;
  const rest = Object.entries(kept).filter(([path]) => !files.includes(path));
  return Object.fromEntries(
    rest.map(([path, parts]) => {
      if (path !== hunks?.path || parts === 'all') return [path, parts];
      return [path, parts.filter((position) => !hunks.positions.includes(position))];
    }),
  );
}

import type { GenerationState } from '../../core/checkpoint.ts';
import type { ChatState } from '../chat/chatState.ts';

/** As much of a checkpoint as the store lists and lists of generations need. */
export interface ListedCheckpoint {
  readonly id: string;
  readonly prompt: string;
  readonly at: string;
  readonly state: GenerationState;
  readonly files: readonly { readonly path: string; readonly undone?: 'whole' | 'partly' }[];
  readonly rollbacks: readonly string[];
}

/** One generation or local edit whose files can be rolled back, of this chat or an earlier one. */
export interface KeptGeneration {
  readonly id: string;
  readonly prompt: string;
  readonly at: string;
  readonly state: GenerationState;
  readonly files: readonly string[];
  /** What of its files is rolled back, by their paths. */
  readonly undone: ReadonlyMap<string, 'whole' | 'partly'>;
  readonly checkpoints: readonly string[];
  /** Its latest roll back that can be redone. */
  readonly redo: string | null;
}

/**
 * The generations of one folder, the oldest first. One that went on after a failure has several checkpoints and is one
 * all the same; one that changed nothing is none, unless it was cut off and nobody knows yet.
 */
export function keptGenerations(listed: readonly ListedCheckpoint[], runs: ChatState['runs']): KeptGeneration[] {
  const owners = new Map(Object.entries(runs).flatMap(([id, run]) => run.checkpoints.map((each) => [each, id])));
  const ids = new Set(listed.map(({ id }) => id));
  const groups = Map.groupBy(listed, ({ id }) => owners.get(id) ?? baseOf(id, ids));
  return [...groups]
    .map(([id, checkpoints]) => generationOf(id, checkpoints))
    .filter(({ files, state }) => files.length > 0 || state === 'interrupted');
}

/** A continued generation's later checkpoints are called after its first. */
function baseOf(id: string, ids: ReadonlySet<string>): string {
  const base = id.replace(/-\d+$/, '');
  return ids.has(base) ? base : id;
}

function generationOf(id: string, checkpoints: readonly ListedCheckpoint[]): KeptGeneration {
  return {
    id,
    prompt: checkpoints[0]?.prompt ?? '',
    at: checkpoints[0]?.at ?? '',
    state: stateOfAll(checkpoints.map(({ state }) => state)),
    files: [...new Set(checkpoints.flatMap(({ files }) => files.map(({ path }) => path)))],
    undone: undoneIn(checkpoints),
    checkpoints: checkpoints.map((checkpoint) => checkpoint.id),
    redo: checkpoints.flatMap(({ rollbacks }) => rollbacks).at(-1) ?? null,
  };
}

function undoneIn(checkpoints: readonly ListedCheckpoint[]): KeptGeneration['undone'] {
  const byPath = Map.groupBy(
    checkpoints.flatMap(({ files }) => files),
    ({ path }) => path,
  );
  return new Map(
    [...byPath].flatMap(([path, files]): [string, 'whole' | 'partly'][] => {
      if (files.every(({ undone }) => undone === 'whole')) return [[path, 'whole']];
      return files.some(({ undone }) => undone !== undefined) ? [[path, 'partly']] : [];
    }),
  );
}

/** What several checkpoints of one generation are together. */
function stateOfAll(states: readonly GenerationState[]): GenerationState {
  if (states.includes('open')) return 'open';
  if (states.every((state) => state === 'rolledBack')) return 'rolledBack';
  if (states.some((state) => state === 'rolledBack' || state === 'partly')) return 'partly';
  return states.includes('interrupted') ? 'interrupted' : 'kept';
}

import type { ProjectsBody } from '../../protocol/api.ts';
import type { Failure } from '../../protocol/chat.ts';
import type { LimitPause, Pause } from '../../protocol/pause.ts';
import type { AssistantMessage } from './chatReducer.ts';
import type { GenerationEnd } from './generationEnd.ts';
import { MAX_CALLS } from './generationRunner.ts';

export interface EndedMessage {
  readonly state: Exclude<AssistantMessage['state'], 'streaming'>;
  readonly failure: Failure | null;
  readonly pause?: Pause;
  /** The prompt goes back into the composer: nothing came of it yet. */
  readonly giveBack: boolean;
}

/** What the conversation shows of how a generation ended. */
export function endedMessage(end: GenerationEnd, known: Known): EndedMessage {
  switch (end.kind) {
    case 'refused':
      return {
        state: 'refused',
        failure: { kind: 'needsModel', ollamaModels: known.ollamaModels, reason: end.reason, asks: end.asks },
        giveBack: true,
      };
    case 'noFolder':
      return { state: 'failed', failure: { kind: 'noFolder' }, giveBack: true };
    case 'lost':
      return { state: 'interrupted', failure: null, giveBack: false };
    case 'failed':
      return { state: 'failed', failure: detailed(end.failure, known), giveBack: false };
    case 'paused':
      return { state: 'paused', failure: null, pause: known.limit, giveBack: false };
    case 'stepLimit':
      return { state: 'paused', failure: null, pause: { kind: 'steps', limit: MAX_CALLS }, giveBack: false };
    default:
      return { state: end.kind, failure: null, giveBack: false };
  }
}

/**
 * What is known beyond the answer itself. `projects` is only asked for where the plan has room for another one.
 * `limit`: where it pauses, and how much more there is at each Continue.
 */
interface Known {
  readonly supportUrl: string;
  readonly ollamaModels: number;
  readonly projects: ProjectsBody | null;
  readonly limit: LimitPause;
}

function detailed(failure: Failure, { supportUrl, projects }: Known): Failure {
  if (failure.kind === 'accountOnHold') return { ...failure, supportUrl };
  if (failure.kind !== 'projectLimit') return failure;
  const active = projects?.projects.find((project) => project.active)?.name;
  const movesLeft = projects?.movesLeft ?? undefined;
  return {
    ...failure,
    ...(active === undefined ? {} : { active }),
    ...(movesLeft === undefined ? {} : { movesLeft }),
  };
}

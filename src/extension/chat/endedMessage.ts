import type { Failure } from '../../protocol/chat.ts';
import type { AssistantMessage } from './chatReducer.ts';
import type { GenerationEnd } from './generationEnd.ts';

export interface EndedMessage {
  readonly state: Exclude<AssistantMessage['state'], 'streaming'>;
  readonly failure: Failure | null;
  /** The prompt goes back into the composer: nothing came of it yet. */
  readonly giveBack: boolean;
}

/** What the conversation shows of how a generation ended. */
export function endedMessage(end: GenerationEnd, known: { supportUrl: string; ollamaModels: number }): EndedMessage {
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
      return { state: 'failed', failure: withSupport(end.failure, known.supportUrl), giveBack: false };
    default:
      return { state: end.kind, failure: null, giveBack: false };
  }
}

function withSupport(failure: Failure, supportUrl: string): Failure {
  return failure.kind === 'accountOnHold' ? { ...failure, supportUrl } : failure;
}

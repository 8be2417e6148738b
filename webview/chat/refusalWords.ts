import type { SendAnswer } from '../../src/protocol/chat.ts';
import { editWords } from './editWords.ts';
import { slashWords } from './slashWords.ts';
import { words } from './words.ts';

/** Why a message was not taken, in one sentence; empty where the person can see it anyway. */
export function refusalWords(answer: Exclude<SendAnswer, { kind: 'accepted' | 'waits' }>): string {
  switch (answer.kind) {
    case 'tooLarge':
      return words.tooLarge(answer.bytes, answer.limit);
    case 'busy':
      return words.busy;
    case 'notReady':
      return words.notReady;
    case 'conflicts':
      return editWords.conflicts;
    case 'overBudget':
      return words.overBudget;
    case 'nothingToWorkOn':
      return slashWords.nothingToWorkOn;
    case 'empty':
      return '';
  }
}

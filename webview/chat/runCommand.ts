import type { SlashCommand } from '../../src/core/slashCommand.ts';
import type { ExtensionCalls } from '../../src/protocol/chat.ts';
import { batchWords } from './batchWords.ts';

/** Carries out a slash command that needs no model. */
export async function runCommand({ name, words }: SlashCommand, extension: ExtensionCalls): Promise<CommandEnd> {
  switch (name) {
    case 'batch':
      await extension.addToBatch(words);
      return { draft: '', said: batchWords.added };
    case 'free': {
      const answer = await extension.freeEdit(words);
      if (answer.kind === 'refused') return { draft: null, note: answer.reason };
      return { draft: answer.kind === 'done' ? '' : null };
    }
    case 'rollback':
      await extension.findRollback(words);
      return { draft: '' };
    case 'clear':
      // The old chat keeps no draft that was meant for the new one.
      await extension.saveDraft('');
      await extension.newChat();
      return { draft: words };
    default:
      return { draft: null };
  }
}

/** How it ended. `draft`: what stands in the box now; null if it stays as it is. `said`: to people who listen. */
export interface CommandEnd {
  readonly draft: string | null;
  readonly note?: string;
  readonly said?: string;
}

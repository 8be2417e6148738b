import { slashCommand } from '../../src/core/slashCommand.ts';

/** What of a draft could be done for free: all of a plain text, the words behind `/free`, nothing of other commands. */
export function freeWords(draft: string): string {
  const command = slashCommand(draft);
  if (command === null) return draft;
  return command.name === 'free' ? command.words : '';
}

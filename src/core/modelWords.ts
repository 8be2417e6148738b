import { slashCommand, type SlashName } from './slashCommand.ts';

/**
 * What the model is sent for what a person typed: the request that a slash command stands for, with the person's words
 * behind it; else the text itself. What counts for the price is this.
 */
export function modelWords(text: string): string {
  const command = slashCommand(text);
  const request = command && requests.get(command.name);
  if (!request) return text;
  return command.words === '' ? request : `${request}\n\n${command.words}`;
}

/** Short, since they are paid for; what is meant goes along as an attachment. */
const requests: ReadonlyMap<SlashName, string> = new Map([
  ['fix', 'Fix what is wrong in this code, with the smallest change that does it.'],
  ['explain', 'Explain this code: what it is for, how it works, and what is easily missed.'],
  ['tests', 'Write tests for this code, in the framework and the places that this project uses.'],
  ['doc', 'Add documentation comments to this code, in the form that its language has. Change nothing else.'],
  ['plan', 'Plan this, step by step, with the files that each step changes. Change no file.'],
]);

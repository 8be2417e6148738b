import * as z from 'zod/mini';
import type { CommandEnd } from './toolCommands.ts';
import type { Toolbox } from './toolbox.ts';
import { failure, success, type ToolResult } from './toolResult.ts';

/** Long enough for a test run or an installation; whoever needs more says so. */
const USUAL_SECONDS = 120;
/** A model that waits longer than this waits for a server, which never ends. */
const MOST_SECONDS = 600;
/** A longer command is no command to be read and agreed to. */
const COMMAND_LIMIT_CHARS = 4_000;
/** More names than this tell a model nothing. */
const LISTED_TASKS = 50;

const Seconds = z.optional(z.number().check(z.positive()));
const commanding = z.object({ command: z.string(), seconds: Seconds });
const tasking = z.object({ name: z.string(), seconds: Seconds });

/** The tools that run something on this machine: each is shown exactly and only runs after the person's yes. */
export const commandTools = {
  async run_command(input: unknown, toolbox: Toolbox): Promise<ToolResult> {
    const { command, seconds } = commanding.parse(input);
    const refused = refusal(toolbox) ?? unfit(command);
    if (refused) return refused;
    if (!(await toolbox.consent({ kind: 'command', command }))) return notAllowed;
    return answer(await toolbox.commands.run(command, bounded(seconds), toolbox.signal));
  },

  async run_task(input: unknown, toolbox: Toolbox): Promise<ToolResult> {
    const { name, seconds } = tasking.parse(input);
    const refused = refusal(toolbox);
    if (refused) return refused;
    const tasks = await toolbox.commands.tasks();
    const task = tasks.find((each) => each.name === name);
    if (!task) return failure(unknownTask(tasks.map((each) => each.name)), null);
    if (!(await toolbox.consent({ kind: 'command', command: task.command }))) return notAllowed;
    return answer(await task.run(bounded(seconds), toolbox.signal));
  },
};

const notAllowed = failure('The person did not allow this command. Do without it, or ask them in words.', null);

function refusal({ files }: Toolbox): ToolResult | null {
  switch (files.access) {
    case 'open':
      return null;
    case 'none':
      return failure('No folder is open in the editor, so nothing can be run.', null);
    case 'restricted':
      return failure('This workspace is in Restricted Mode: nothing is run here.', null);
    case 'readOnly':
      return failure('This folder is read-only, so nothing is run here.', null);
  }
}

/** What is shown must be what runs: signs that a page doesn't show, or that turn a text around, are refused. */
function unfit(command: string): ToolResult | null {
  if (command.trim() === '') return failure('The command is empty.', null);
  if (command.length > COMMAND_LIMIT_CHARS) return failure('The command is too long to be read.', null);
  if (HIDDEN.test(command)) return failure('The command has control characters. Write it without them.', null);
  return null;
}

/** What a page does not show, or turns around. */
const HIDDEN = /[^\P{C}\n\t]/u;

function bounded(seconds = USUAL_SECONDS): number {
  return Math.min(Math.ceil(seconds), MOST_SECONDS);
}

function answer(end: CommandEnd): ToolResult {
  switch (end.kind) {
    case 'exited': {
      const said = `Exit code ${String(end.exitCode)}.`;
      const result = end.exitCode === 0 ? success(withOutput(said, end.output), null) : ended(said, end.output);
      return { ...result, shown: end.output };
    }
    case 'timedOut':
      return { ...ended('It took too long and was ended.', end.output), shown: end.output };
    case 'stopped':
      return { ...ended('The person stopped it.', end.output), shown: end.output };
    case 'notStarted':
      return failure(`It could not be started: ${end.reason}`, null);
  }
}

function ended(said: string, output: string): ToolResult {
  return failure(withOutput(said, output), null);
}

function withOutput(said: string, output: string): string {
  return output === '' ? said : `${said}\n${output}`;
}

function unknownTask(names: readonly string[]): string {
  if (names.length === 0) return 'This workspace has no tasks.';
  return `There is no such task. There are: ${[...new Set(names)].slice(0, LISTED_TASKS).join(', ')}`;
}

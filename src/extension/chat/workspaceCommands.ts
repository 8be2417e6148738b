import * as vscode from 'vscode';
import type { CommandEnd, ToolCommands, WorkspaceTask } from './tools/toolCommands.ts';

/** The real shell and the editor's tasks for the model's tools. */
export class WorkspaceCommands implements ToolCommands {
  readonly #folder: vscode.Uri | undefined;
  readonly #watched: Watched;

  /** `watched` notices what changes while something runs. */
  constructor(folder: vscode.Uri | undefined, watched: Watched) {
    this.#folder = folder;
    this.#watched = watched;
  }

  async run(command: string, seconds: number, signal: AbortSignal): Promise<CommandEnd> {
    const folder = this.#folder;
    if (!folder || !vscode.workspace.isTrusted) return { kind: 'notStarted', reason: NOT_HERE };
    const { shellCommand } = await import('../node/shellCommand.ts');
    return this.#watched(() => shellCommand(command, { folder: folder.fsPath, seconds, signal }));
  }

  async tasks(): Promise<WorkspaceTask[]> {
    const folder = this.#folder;
    if (!folder || !vscode.workspace.isTrusted) return [];
    const tasks = await vscode.tasks.fetchTasks();
    return tasks
      .filter(({ scope }) => !isFolder(scope) || scope.uri.toString() === folder.toString())
      .map((task) => ({
        name: task.name,
        command: taskCommand(task),
        run: (seconds, signal) => {
          const cut = AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]);
          return this.#watched(() => runTask(task, cut, signal));
        },
      }));
  }
}

type Watched = (work: () => Promise<CommandEnd>) => Promise<CommandEnd>;

const NOT_HERE = 'Nothing is run in this workspace.';

function isFolder(scope: vscode.Task['scope']): scope is vscode.WorkspaceFolder {
  return typeof scope === 'object';
}

/** What a task runs, in one line; where the editor doesn't tell, its name and who offers it. */
function taskCommand({ name, source, execution }: vscode.Task): string {
  if (execution instanceof vscode.ShellExecution) {
    if (execution.commandLine !== undefined) return execution.commandLine;
    return words([execution.command ?? '', ...(execution.args ?? [])]);
  }
  if (execution instanceof vscode.ProcessExecution) return words([execution.process, ...execution.args]);
  return `${source}: ${name}`;
}

function words(parts: readonly (string | vscode.ShellQuotedString)[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.value)).join(' ');
}

/** Its output stands in its terminal, where the person sees it. */
async function runTask(task: vscode.Task, cut: AbortSignal, stop: AbortSignal): Promise<CommandEnd> {
  const { promise, resolve } = Promise.withResolvers<CommandEnd>();
  let execution: vscode.TaskExecution | undefined;
  const listeners = [
    vscode.tasks.onDidEndTaskProcess((event) => {
      if (event.execution === execution)
        resolve({ kind: 'exited', exitCode: event.exitCode ?? ENDED_BY_PERSON, output: '' });
    }),
    // A task without a process of its own tells no exit code.
    vscode.tasks.onDidEndTask((event) => {
      if (event.execution === execution) resolve({ kind: 'exited', exitCode: 0, output: '' });
    }),
  ];
  const abort = () => {
    execution?.terminate();
    resolve({ kind: stop.aborted ? 'stopped' : 'timedOut', output: '' });
  };
  cut.addEventListener('abort', abort, { once: true });
  try {
    execution = await vscode.tasks.executeTask(task);
    if (cut.aborted) abort();
    return await promise;
  } catch (error) {
    return { kind: 'notStarted', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    for (const listener of listeners) listener.dispose();
    cut.removeEventListener('abort', abort);
  }
}

/** As shells tell of what was ended by a signal. */
const ENDED_BY_PERSON = 128;

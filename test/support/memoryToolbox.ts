import type { CommandEnd, WorkspaceTask } from '../../src/extension/chat/tools/toolCommands.ts';
import type { Toolbox, ToolQuestion } from '../../src/extension/chat/tools/toolbox.ts';
import { StepQuestions } from '../../src/extension/chat/stepQuestions.ts';
import { ToolConsents } from '../../src/extension/chat/tools/toolConsents.ts';
import type { ToolHands } from '../../src/extension/chat/useTools.ts';
import { MemoryToolFiles } from './memoryToolFiles.ts';

/** A workspace in memory with a person who answers and a shell that only remembers, for tests of the tools. */
export class MemoryToolbox implements Toolbox {
  readonly files: MemoryToolFiles;
  readonly signal = new AbortController().signal;
  /** What the person was asked. */
  readonly asked: ToolQuestion[] = [];
  consents = false;
  /** What was run, with the seconds it was given. */
  readonly ran: [string, number][] = [];
  end: CommandEnd = { kind: 'exited', exitCode: 0, output: 'ok' };
  tasks: WorkspaceTask[] = [];
  readonly commands = {
    run: (command: string, seconds: number): Promise<CommandEnd> => {
      this.ran.push([command, seconds]);
      return Promise.resolve(this.end);
    },
    tasks: () => Promise.resolve(this.tasks),
  };

  /** What is always allowed, and the questions that wait for an answer, as a running generation has them. */
  readonly allowedCommands: string[] = [];
  readonly questions = new StepQuestions();

  constructor(files: Record<string, string> = {}) {
    this.files = new MemoryToolFiles(files);
  }

  readonly consent = (question: ToolQuestion): Promise<boolean> => {
    this.asked.push(question);
    return Promise.resolve(this.consents);
  };

  /** The same as a generation takes it: its questions are put in steps. */
  get hands(): ToolHands {
    const allowList = {
      has: (command: string) => this.allowedCommands.includes(command),
      add: (command: string) => Promise.resolve(void this.allowedCommands.push(command)),
    };
    return {
      files: this.files,
      commands: this.commands,
      consents: new ToolConsents(allowList),
      ask: (step, signal) => this.questions.ask(step, signal),
    };
  }
}

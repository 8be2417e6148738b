import type { StepAnswer } from '../../../protocol/stepAnswer.ts';
import type { ToolQuestion } from './toolbox.ts';

/**
 * What the person has said yes to: a path for one message, a command once or for the workspace; what they typed
 * themselves is asked about each time.
 */
export class ToolConsents {
  readonly #allowedCommands: AllowList;
  readonly #paths = new Set<string>();

  constructor(allowedCommands: AllowList) {
    this.#allowedCommands = allowedCommands;
  }

  /** Asks only where there is no yes yet. */
  async allows(question: ToolQuestion, ask: () => Promise<StepAnswer>): Promise<boolean> {
    if (this.#isAllowed(question)) return true;
    const answer = await ask();
    if (answer === 'no') return false;
    if (question.kind === 'read' || question.kind === 'write') this.#paths.add(keyOf(question));
    if (question.kind === 'command' && answer === 'always') await this.#allowedCommands.add(question.command);
    return true;
  }

  #isAllowed(question: ToolQuestion): boolean {
    if (question.kind === 'command') return this.#allowedCommands.has(question.command);
    return this.#paths.has(keyOf(question));
  }
}

interface AllowList {
  has(command: string): boolean;
  add(command: string): Promise<void>;
}

function keyOf({ kind, path }: Exclude<ToolQuestion, { kind: 'command' }>): string {
  return `${kind} ${path}`;
}

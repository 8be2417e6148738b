import type { Part } from '../../protocol/part.ts';
import type { ToolQuestion } from './tools/toolbox.ts';
import type { ToolResult } from './tools/toolResult.ts';

type Step = Extract<Part, { kind: 'step' }>;

/**
 * The steps of a generation as they happen: a step appears when the model starts to write its call, and ends with its
 * result.
 */
export class StepTracker {
  /** Set when the model wanted to write and there is no folder to write to. */
  refusedForFolder = false;
  readonly #show: (step: Step) => void;
  readonly #generation: string;
  #call: number;
  readonly #steps = new Map<string, { step: Step; input: string }>();

  constructor(generation: string, callsBefore: number, show: (step: Step) => void) {
    this.#generation = generation;
    this.#call = callsBefore + 1;
    this.#show = show;
  }

  started(id: string, tool: string): void {
    if (this.#steps.has(id)) return;
    const step: Step = { kind: 'step', id: this.#stepId(id), tool, state: 'running' };
    this.#steps.set(id, { step, input: '' });
    this.#show(step);
  }

  /** Arguments stream in; the path is shown as soon as it is whole. */
  input(id: string, fragment: string): void {
    const entry = this.#steps.get(id);
    if (entry?.step.path !== undefined || !entry || entry.input.length > PATH_SEARCH_CHARS) return;
    entry.input += fragment;
    const path = pathIn(entry.input);
    if (path !== null) this.#update(id, { path });
  }

  /** Waits for the person's answer to this. Answers the id of the step that asks. */
  asks(id: string, question: ToolQuestion): string {
    const subject = question.kind === 'command' ? { command: question.command } : { path: question.path };
    this.#update(id, { ...subject, asks: question.kind, state: 'asking' });
    return this.#stepId(id);
  }

  isAsking(id: string): boolean {
    return this.#steps.get(id)?.step.state === 'asking';
  }

  /** The question is answered. */
  goesOn(id: string): void {
    this.#update(id, { state: 'running' });
  }

  finished(id: string, { path, failed, output, shown }: ToolResult): void {
    this.#update(id, {
      ...(path === null ? {} : { path }),
      ...(shown ? { output: shownPart(shown) } : {}),
      ...(failed ? { state: 'failed', detail: reasonIn(output) } : { state: 'done' }),
    });
  }

  /** The next call starts: ids that a model gives are unique within one answer only. */
  newCall(): void {
    this.#steps.clear();
    this.#call += 1;
  }

  /** Ends what still runs: the answer is over, so it will not be carried out. */
  close(): void {
    for (const [id, { step }] of this.#steps) if (isOpen(step)) this.#update(id, { state: 'notDone' });
  }

  #update(id: string, change: Partial<Step>): void {
    const entry = this.#steps.get(id);
    if (!entry) return;
    entry.step = { ...entry.step, ...change };
    this.#show(entry.step);
  }

  #stepId(id: string): string {
    return `${this.#generation}/${String(this.#call)}/${id}`;
  }
}

/** A path stands at the beginning of the arguments; in a long text it is no longer looked for. */
const PATH_SEARCH_CHARS = 8_000;

/** The last of what a command wrote, which says what came of it: about a screen. All of it goes to the model only. */
const SHOWN_OUTPUT_CHARS = 4_000;

/** Whether a step is not over. */
export function isOpen({ state }: Step): boolean {
  return state === 'running' || state === 'asking';
}

/** What a command wrote stands by itself below the reason. */
function reasonIn(output: string): string {
  return (output.split('\n')[0] ?? '').replace(/^Error: /, '');
}

function shownPart(output: string): string {
  return output.length > SHOWN_OUTPUT_CHARS ? `…${output.slice(-SHOWN_OUTPUT_CHARS)}` : output;
}

function pathIn(json: string): string | null {
  const match = /"path"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(json);
  if (!match?.[1]) return null;
  try {
    const path: unknown = JSON.parse(match[1]);
    return typeof path === 'string' ? path : null;
  } catch {
    return null;
  }
}

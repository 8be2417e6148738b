import type { Part } from '../../protocol/chat.ts';
import type { ToolResult } from './tools/runTool.ts';

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

  finished(id: string, result: ToolResult): void {
    const path = result.path === null ? {} : { path: result.path };
    this.#update(id, { ...path, ...(result.failed ? failed(result.output) : { state: 'done' }) });
  }

  /** The next call starts: ids that a model gives are unique within one answer only. */
  newCall(): void {
    this.#steps.clear();
    this.#call += 1;
  }

  /** Ends what still runs: the answer is over, so it will not be carried out. */
  close(): void {
    for (const [id, { step }] of this.#steps) if (step.state === 'running') this.#update(id, { state: 'notDone' });
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

function failed(output: string): Pick<Step, 'state' | 'detail'> {
  return { state: 'failed', detail: output.replace(/^Error: /, '') };
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

import { Worker } from 'node:worker_threads';
import type { Focus, LocalEditPlan, SourceFile } from '../../core/localEdits/planLocalEdit.ts';
import type { Timer } from './afterwards.ts';

/** What the planner's thread is asked; the files are what differs from the last time. */
export interface PlanOrder {
  readonly id: number;
  readonly changed: readonly SourceFile[];
  readonly removed: readonly string[];
  readonly prompt: string;
  readonly focus: Focus | null;
}

export interface PlanAnswer {
  readonly id: number;
  readonly plan: LocalEditPlan;
}

/** Plans free edits of one workspace folder in a thread of its own, which starts at first use and ends when idle. */
export class LocalEditPlanner {
  readonly #script: string;
  readonly #timer: Timer;
  #thread: Worker | undefined;
  /** The texts that the thread has. */
  #sent = new Map<string, string>();
  #waiting = new Map<number, PromiseWithResolvers<LocalEditPlan>>();
  #lastId = 0;
  #notIdle: () => void = () => undefined;

  /** `script` is the bundled `localEditWorker`; the timer ends a thread that is idle or does not answer. */
  constructor(script: string, timer: Timer) {
    this.#script = script;
    this.#timer = timer;
  }

  /** Plans on these files, which are all that there are. Rejects if the thread ends or takes too long. */
  async plan(prompt: string, files: readonly SourceFile[], focus: Focus | null): Promise<LocalEditPlan> {
    this.#notIdle();
    this.#thread ??= this.#start();
    const id = (this.#lastId += 1);
    const answer = Promise.withResolvers<LocalEditPlan>();
    this.#waiting.set(id, answer);
    this.#thread.postMessage({ id, ...this.#news(files), prompt, focus } satisfies PlanOrder);
    const unwatch = this.#timer(LONGEST_PLAN_MS, () => {
      this.#end(new Error('Planning a free edit took too long.'));
    });
    try {
      return await answer.promise;
    } finally {
      unwatch();
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) this.#notIdle = this.#timer(IDLE_MS, () => this.dispose());
    }
  }

  /** Ends the thread; the next plan starts another. */
  dispose(): void {
    this.#end(new Error('The free-edit planner was closed.'));
  }

  #start(): Worker {
    const thread = new Worker(this.#script);
    thread.unref();
    thread.on('message', ({ id, plan }: PlanAnswer) => this.#waiting.get(id)?.resolve(plan));
    thread.on('error', (error) => {
      if (thread === this.#thread) this.#end(error);
    });
    thread.on('exit', () => {
      if (thread === this.#thread) this.#end(new Error('The free-edit planner ended by itself.'));
    });
    return thread;
  }

  #end(error: unknown): void {
    this.#notIdle();
    void this.#thread?.terminate();
    this.#thread = undefined;
    this.#sent = new Map();
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting = new Map();
  }

  #news(files: readonly SourceFile[]): Pick<PlanOrder, 'changed' | 'removed'> {
    const sent = this.#sent;
    const changed = files.filter(({ path, text }) => sent.get(path) !== text);
    const gone = new Set(sent.keys());
    for (const { path } of files) gone.delete(path);
    for (const path of gone) sent.delete(path);
    for (const { path, text } of changed) sent.set(path, text);
    return { changed, removed: [...gone] };
  }
}

/** An index of a thousand files is made within 1.5 s; what takes longer than this is a fault, and not waited for. */
const LONGEST_PLAN_MS = 10_000;
/** Between two free edits of one sitting the index stays; then its memory is given back. */
const IDLE_MS = 120_000;

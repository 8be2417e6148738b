import { Worker } from 'node:worker_threads';
import type { HistoryHit } from '../chat/searchHistory.ts';

export interface HistoryQuestion {
  readonly id: number;
  readonly query: string;
}

export interface HistoryAnswer {
  readonly id: number;
  readonly hits: readonly HistoryHit[];
}

/** Searches all sessions of a workspace in a thread of its own, which ends when it is disposed. */
export class HistorySearch {
  readonly #script: string;
  readonly #folder: string;
  #thread: Worker | undefined;
  #waiting = new Map<number, PromiseWithResolvers<readonly HistoryHit[]>>();
  #lastId = 0;

  /** `script` is the bundled `historyWorker`; `folder` has a file for each session. */
  constructor(script: string, folder: string) {
    this.#script = script;
    this.#folder = folder;
  }

  /** The sessions that have every word of `query`. Rejects if the thread ends. */
  search(query: string): Promise<readonly HistoryHit[]> {
    this.#thread ??= this.#start();
    const id = (this.#lastId += 1);
    const answer = Promise.withResolvers<readonly HistoryHit[]>();
    this.#waiting.set(id, answer);
    this.#thread.postMessage({ id, query } satisfies HistoryQuestion);
    return answer.promise;
  }

  /** Ends the thread; the next search reads everything anew. */
  dispose(): void {
    this.#end(new Error('The history was closed.'));
  }

  #start(): Worker {
    const thread = new Worker(this.#script, { workerData: this.#folder });
    thread.unref();
    thread.on('message', ({ id, hits }: HistoryAnswer) => {
      this.#waiting.get(id)?.resolve(hits);
      this.#waiting.delete(id);
    });
    thread.on('error', (error) => {
      if (thread === this.#thread) this.#end(error);
    });
    return thread;
  }

  #end(error: unknown): void {
    void this.#thread?.terminate();
    this.#thread = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting = new Map();
  }
}

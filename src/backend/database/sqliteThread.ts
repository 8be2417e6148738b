import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { SqliteCommits, SqliteRound } from './sqliteCommits.ts';
import { LostRound } from './store.ts';

/** Commits in a thread of its own, so that waiting for the disk keeps nobody waiting for anything else. */
export class SqliteThread implements SqliteCommits {
  readonly queues = true;
  readonly #worker: Worker;
  /** In the order in which they were asked: that is the order of the answers. */
  readonly #waiting: PromiseWithResolvers<number>[] = [];
  #ended: Error | null = null;

  /** `program` is the thread's: `sqlite.worker.ts`, or what it was built into. */
  constructor(program: URL, file: string) {
    this.#worker = new Worker(program, {
      workerData: { file } satisfies SqliteThreadData,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#worker.on('message', this.#receive);
    this.#worker.on('error', this.#end);
    this.#worker.on('exit', () => {
      this.#end(new Error('the thread of the database has ended'));
    });
  }

  dataVersion(): Promise<number> {
    return this.#ask('dataVersion');
  }

  async commit(round: SqliteRound): Promise<void> {
    await this.#ask(round);
  }

  async close(): Promise<void> {
    if (this.#ended !== null) return;
    const exit = once(this.#worker, 'exit');
    this.#worker.postMessage('close' satisfies ToSqliteThread);
    await exit;
  }

  #ask(message: ToSqliteThread): Promise<number> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    const waiting = Promise.withResolvers<number>();
    this.#waiting.push(waiting);
    this.#worker.postMessage(message);
    return waiting.promise;
  }

  readonly #receive = (answer: FromSqliteThread): void => {
    const waiting = this.#waiting.shift();
    if (answer.kind === 'done') waiting?.resolve(answer.dataVersion);
    else waiting?.reject(answer.kind === 'lost' ? new LostRound(answer.reason) : answer.error);
  };

  /** Without it a backend can do nothing: whoever waits is told, and whoever comes. */
  readonly #end = (error: Error): void => {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
  };
}

/** Rounds are short-lived; without a limit, room for what is young grows with the load and is not given back. */
const YOUNG_MB = 3;

export interface SqliteThreadData {
  readonly file: string;
}

export type ToSqliteThread = SqliteRound | 'dataVersion' | 'close';

export type FromSqliteThread =
  | { readonly kind: 'done'; readonly dataVersion: number }
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'failed'; readonly error: Error };

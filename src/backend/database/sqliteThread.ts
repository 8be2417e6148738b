import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { SqliteCommits, SqliteRound } from './sqliteCommits.ts';
import { LostRound } from './store.ts';

/**
 * Commits in a thread of its own, so that waiting for the disk keeps nobody waiting for anything else. One that has
 * died takes the rounds on their way with it, which may be on the disk or not; who begins anew gets another.
 */
export class SqliteThread implements SqliteCommits {
  readonly queues = true;
  readonly #program: URL;
  readonly #file: string;
  #worker: Worker;
  /** In the order in which they were asked: that is the order of the answers. */
  readonly #waiting: PromiseWithResolvers<number>[] = [];
  #ended: Error | null = null;

  /** `program` is the thread's: `sqlite.worker.ts`, or what it was built into. */
  constructor(program: URL, file: string) {
    this.#program = program;
    this.#file = file;
    this.#worker = this.#start();
  }

  dataVersion(): Promise<number> {
    if (this.#ended !== null) this.#worker = this.#start();
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

  #start(): Worker {
    this.#ended = null;
    const worker = new Worker(this.#program, {
      workerData: { file: this.#file } satisfies SqliteThreadData,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    // What the one before says when its end has been told is of nobody's concern.
    const current = <T>(take: (value: T) => void) => {
      return (value: T): void => {
        if (worker === this.#worker) take(value);
      };
    };
    worker.on('message', current(this.#receive));
    worker.on('error', current(this.#end));
    worker.on(
      'exit',
      current(() => {
        this.#end(new Error('the thread of the database has ended'));
      }),
    );
    return worker;
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

  /** Whoever waits is told, and whoever comes until somebody begins anew. */
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

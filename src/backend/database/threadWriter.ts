import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { AnswerOf, CommandQueue, Commands, InputOf } from './writer.ts';

/**
 * Leads to a writer in a thread of its own, so that waiting for the disk keeps nobody waiting for anything else. What
 * is submitted in one turn travels in one message, and so do the answers of one commit.
 */
export class ThreadWriter<C extends Commands> implements CommandQueue<C> {
  readonly #worker: Worker;
  readonly #options: ThreadWriterOptions;
  readonly #waiting = new Map<number, { resolve(answer: never): void; reject(error: unknown): void }>();
  #batch: SentCommand[] = [];
  #last = 0;
  #ended: Error | null = null;

  constructor(options: ThreadWriterOptions) {
    this.#options = options;
    const { program, file } = options;
    this.#worker = new Worker(program, { workerData: { file } satisfies WriterThreadData });
    this.#worker.on('message', this.#receive);
    this.#worker.on('error', this.#end);
    this.#worker.on('exit', () => {
      this.#end(new Error('the writer has ended'));
    });
  }

  submit<K extends keyof C & string>(kind: K, input: InputOf<C[K]>): Promise<AnswerOf<C[K]>> {
    const { promise, resolve, reject } = Promise.withResolvers<AnswerOf<C[K]>>();
    if (this.#ended !== null) {
      reject(this.#ended);
      return promise;
    }
    this.#last += 1;
    this.#waiting.set(this.#last, { resolve, reject });
    if (this.#batch.length === 0) setImmediate(this.#send);
    this.#batch.push({ id: this.#last, kind, input });
    return promise;
  }

  /** Lets what is waiting be carried out, and takes nothing more. */
  async close(): Promise<void> {
    if (this.#ended !== null) return;
    this.#send();
    this.#ended = new Error('the writer is closed');
    const exit = once(this.#worker, 'exit');
    this.#worker.postMessage('close' satisfies ToWriterThread);
    await exit;
  }

  readonly #send = (): void => {
    if (this.#batch.length === 0 || this.#ended !== null) return;
    this.#worker.postMessage(this.#batch satisfies ToWriterThread);
    this.#batch = [];
  };

  readonly #receive = (message: FromWriterThread): void => {
    if (message.kind === 'fault') {
      this.#options.onFault(message.error);
      return;
    }
    for (const { id, ...outcome } of message.outcomes) {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if ('error' in outcome) waiting?.reject(outcome.error);
      else waiting?.resolve(outcome.answer as never);
    }
    if (message.commands > 0) this.#options.onCommit(message.accounts, message.commands);
  };

  /** Without its writer a backend can do nothing: whoever waits is told, and whoever comes. */
  readonly #end = (error: Error): void => {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  };
}

export interface ThreadWriterOptions {
  /** The thread's program: `writer.worker.ts`, or what it was built into. */
  readonly program: URL;
  /** The SQLite file. */
  readonly file: string;
  readonly onCommit: (accounts: ReadonlySet<string>, commands: number) => void;
  readonly onFault: (error: unknown) => void;
}

export interface WriterThreadData {
  readonly file: string;
}

export interface SentCommand {
  readonly id: number;
  readonly kind: string;
  readonly input: unknown;
}

export type ToWriterThread = SentCommand[] | 'close';

export type FromWriterThread =
  | {
      readonly kind: 'outcomes';
      readonly outcomes: readonly ({ id: number; answer: unknown } | { id: number; error: unknown })[];
      /** Accounts that the commit changed, and how many commands it held. */
      readonly accounts: ReadonlySet<string>;
      readonly commands: number;
    }
  | { readonly kind: 'fault'; readonly error: unknown };

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import {
  carriedOut,
  type AnswerOf,
  type Caller,
  type CarriedOut,
  type CommandQueue,
  type Commands,
  type InputOf,
} from './writer.ts';

/**
 * Leads to a writer in a thread of its own, so that waiting for the disk keeps nobody waiting for anything else. What
 * is submitted in one turn travels in one message, and so do the answers of one commit.
 */
export class ThreadWriter<C extends Commands> implements CommandQueue<C> {
  readonly #worker: Worker;
  readonly #options: ThreadWriterOptions;
  readonly #waiting = new Map<number, Caller<never>>();
  #batch: SentCommand[] = [];
  #last = 0;
  #ended: Error | null = null;

  constructor(options: ThreadWriterOptions) {
    this.#options = options;
    const { program, file } = options;
    this.#worker = new Worker(program, {
      workerData: { file } satisfies WriterThreadData,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#worker.on('message', this.#receive);
    this.#worker.on('error', this.#end);
    this.#worker.on('exit', () => {
      this.#end(new Error('the writer has ended'));
    });
  }

  submit<K extends keyof C & string>(kind: K, input: InputOf<C[K]>): Promise<AnswerOf<C[K]>> {
    return new Promise((committed, failed) => {
      this.#take(kind, input, { committed, failed });
    });
  }

  carryOut<K extends keyof C & string>(kind: K, input: InputOf<C[K]>): Promise<CarriedOut<AnswerOf<C[K]>>> {
    return carriedOut((caller) => {
      this.#take(kind, input, caller);
    });
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

  #take(kind: string, input: unknown, caller: Caller<never>): void {
    if (this.#ended !== null) {
      caller.failed(this.#ended);
      return;
    }
    this.#last += 1;
    this.#waiting.set(this.#last, caller);
    if (this.#batch.length === 0) setImmediate(this.#send);
    this.#batch.push({ id: this.#last, kind, input, isEarly: caller.carriedOut !== undefined });
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
    if (message.kind === 'carriedOut') {
      for (const { id, answer } of message.answers) this.#waiting.get(id)?.carriedOut?.(answer as never);
      return;
    }
    for (const outcome of message.outcomes) {
      const caller = this.#waiting.get(outcome.id);
      this.#waiting.delete(outcome.id);
      if ('error' in outcome) caller?.failed(outcome.error);
      else caller?.committed(outcome.answer as never);
    }
    if (message.commands > 0) this.#options.onCommit(message.accounts, message.commands);
  };

  /** Without its writer a backend can do nothing: whoever waits is told, and whoever comes. */
  readonly #end = (error: Error): void => {
    this.#ended ??= error;
    for (const caller of this.#waiting.values()) caller.failed(error);
    this.#waiting.clear();
  };
}

/** Commands live for one round; without a limit, room for what is young grows with the load and is not given back. */
const YOUNG_MB = 12;

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
  /** Its answer is wanted before the commit. */
  readonly isEarly: boolean;
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
  /** Before the commit. */
  | { readonly kind: 'carriedOut'; readonly answers: readonly { id: number; answer: unknown }[] }
  | { readonly kind: 'fault'; readonly error: unknown };

import type { Ids } from '../ids.ts';
import { LostRound, type Store } from './store.ts';
import { WorkingSet, type RowKey, type Work } from './workingSet.ts';

/**
 * The one writer: takes closed commands (plain data), carries out in one transaction what has gathered, and answers
 * only after its commit. Each command works on the rows in memory as those before it left them, and is written down
 * with them: a balance that fifty calls move is one changed row.
 */
export class Writer<C extends Commands> implements CommandQueue<C> {
  readonly #store: Store;
  readonly #commands: C;
  readonly #options: WriterOptions;
  readonly #set: WorkingSet;
  #queue: Pending[] = [];
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(store: Store, commands: C, options: WriterOptions) {
    this.#store = store;
    this.#commands = commands;
    this.#options = options;
    this.#set = new WorkingSet(options.ids);
  }

  /** Resolves with the command's answer once it is on the disk; rejects if the command is broken or the disk is. */
  submit<K extends keyof C & string>(kind: K, input: InputOf<C[K]>): Promise<AnswerOf<C[K]>> {
    const { promise, resolve, reject } = Promise.withResolvers<AnswerOf<C[K]>>();
    const command = this.#commands[kind];
    if (this.#closed || command === undefined) {
      reject(new Error(this.#closed ? 'the writer is closed' : `no command ${kind}`));
      return promise;
    }
    this.#queue.push({
      keys: () => command.needs(input as never),
      carryOut: (work) => {
        const answer = command.carryOut(work, input as never) as AnswerOf<C[K]>;
        return () => {
          resolve(answer);
        };
      },
      reject,
    });
    this.#running ??= this.#run();
    return promise;
  }

  /** Carries out what is waiting and takes nothing more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
    await this.#store.close();
  }

  /** Round after round, while there is something to do. */
  async #run(): Promise<void> {
    // What is submitted in the same turn goes into the same round.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, LARGEST_ROUND);
      if ((await this.#round(batch)) || batch.length === 1) continue;
      // One of them is broken: each on its own, so that it takes no other with it.
      for (const pending of batch) await this.#round([pending]);
    }
    this.#running = null;
  }

  /** One round, tried again while others were faster. False if it failed; a single command has then been told why. */
  async #round(batch: readonly Pending[]): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#carryOut(batch);
        return true;
      } catch (error) {
        this.#set.forget();
        await this.#undo();
        if (error instanceof LostRound && attempt < MOST_ATTEMPTS) continue;
        if (batch.length === 1) batch[0]?.reject(error);
        return false;
      }
    }
  }

  async #carryOut(batch: readonly Pending[]): Promise<void> {
    const set = this.#set;
    const outcomes: (() => void)[] = [];
    await this.#store.begin(
      set,
      batch.flatMap((pending) => pending.keys()),
    );
    set.now = this.#options.clock();
    for (const pending of batch) {
      try {
        outcomes.push(set.attempt(() => pending.carryOut(set)));
      } catch (error) {
        outcomes.push(() => {
          pending.reject(error);
        });
      }
    }
    const { touched } = set;
    await this.#store.commit(set);
    for (const tell of outcomes) tell();
    if (batch.length > 0) this.#options.onCommit(touched, batch.length);
  }

  /** A connection that is lost can't be rolled back, and needn't be. */
  async #undo(): Promise<void> {
    try {
      await this.#store.rollback();
    } catch (error) {
      this.#options.onFault(error);
    }
  }
}

/** Whoever takes commands: the writer itself, or what leads to one in a thread or to several. */
export interface CommandQueue<C extends Commands> {
  submit<K extends keyof C & string>(kind: K, input: InputOf<C[K]>): Promise<AnswerOf<C[K]>>;
  close(): Promise<void>;
}

/** A closed command: says which rows it needs, and works on them synchronously, in memory. */
export interface Command<Input, Answer> {
  needs(input: Input): readonly RowKey[];
  carryOut(work: Work, input: Input): Answer;
}

export type Commands = Readonly<Record<string, Command<never, unknown>>>;
export type InputOf<T> = T extends Command<infer Input, unknown> ? Input : never;
export type AnswerOf<T> = T extends { carryOut(work: Work, input: never): infer Answer } ? Answer : never;

export interface WriterOptions {
  readonly clock: () => number;
  readonly ids: Ids;
  /** Told after each commit: which accounts are others than before, and how many commands it held. */
  readonly onCommit: (accounts: ReadonlySet<string>, commands: number) => void;
  readonly onFault: (error: unknown) => void;
}

/** Larger rounds are not faster, and the first of them wait for the last. */
const LARGEST_ROUND = 512;
/** A round is lost to one other at a time; this many in a row is no bad luck. */
const MOST_ATTEMPTS = 8;

interface Pending {
  keys(): readonly RowKey[];
  /** Does the work; what it gives back answers the caller, after the commit. */
  carryOut(work: Work): () => void;
  reject(error: unknown): void;
}

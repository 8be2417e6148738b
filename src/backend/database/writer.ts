import { isDeepStrictEqual } from 'node:util';
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
  readonly #set = new WorkingSet();
  #queue: Pending[] = [];
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(store: Store, commands: C, options: WriterOptions) {
    this.#store = store;
    this.#commands = commands;
    this.#options = options;
  }

  /** Resolves with the command's answer once it is on the disk; rejects if the command is broken or the disk is. */
  submit<K extends keyof C & string>(kind: K, input: InputOf<C[K]>): Promise<AnswerOf<C[K]>> {
    return new Promise((committed, failed) => {
      this.take(kind, input, { committed, failed });
    });
  }

  carryOut<K extends keyof C & string>(kind: K, input: InputOf<C[K]>): Promise<CarriedOut<AnswerOf<C[K]>>> {
    return carriedOut((caller) => {
      this.take(kind, input, caller);
    });
  }

  /** The same for a caller who is told by calls. */
  take<K extends keyof C & string>(kind: K, input: InputOf<C[K]>, caller: Caller<AnswerOf<C[K]>>): void {
    const command = this.#commands[kind];
    if (this.#closed || command === undefined) {
      caller.failed(new Error(this.#closed ? 'the writer is closed' : `no command ${kind}`));
      return;
    }
    this.#queue.push({ command, input, caller, told: null });
    this.#running ??= this.#run();
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
      // Where one of them is broken, each on its own, so that it takes no other with it.
      for (const pending of await this.#round(this.#queue.splice(0, LARGEST_ROUND))) await this.#round([pending]);
    }
    this.#running = null;
  }

  /**
   * One round, tried again while others were faster. Answers with what is to be tried alone: a single command has been
   * told why it failed, and so has one that was told its answer.
   */
  async #round(batch: readonly Pending[]): Promise<readonly Pending[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#carryOut(batch);
        return [];
      } catch (error) {
        this.#set.forget();
        await this.#undo();
        if (error instanceof LostRound && attempt < MOST_ATTEMPTS) continue;
        const untold = batch.length > 1 ? batch.filter(({ told }) => told === null) : [];
        for (const pending of batch) if (!untold.includes(pending)) pending.caller.failed(error);
        return untold;
      }
    }
  }

  async #carryOut(batch: readonly Pending[]): Promise<void> {
    const set = this.#set;
    const outcomes: (() => void)[] = [];
    await this.#store.begin(
      set,
      batch.flatMap(({ command, input }) => command.needs(input as never)),
    );
    set.now = this.#options.clock();
    for (const pending of batch) outcomes.push(this.#attempt(pending));
    const { touched } = set;
    await this.#store.commit(set);
    for (const tell of outcomes) tell();
    this.#options.onCommit(touched, batch.length);
  }

  /** What it gives back tells the caller the end, after the commit. */
  #attempt(pending: Pending): () => void {
    const { command, input, caller } = pending;
    try {
      const answer = this.#set.attempt(() => {
        const found = command.carryOut(this.#set, input as never);
        if (pending.told !== null && !isDeepStrictEqual(pending.told.answer, found)) throw new AnswerChanged();
        return found;
      });
      if (caller.carriedOut !== undefined && pending.told === null) {
        pending.told = { answer };
        caller.carriedOut(answer);
      }
      return () => {
        caller.committed(answer);
      };
    } catch (error) {
      return () => {
        caller.failed(error);
      };
    }
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
  /**
   * In two steps: resolves as soon as the command is carried out, while its commit is still on its way to the disk.
   * What is done in between must be undone if that fails.
   */
  carryOut<K extends keyof C & string>(kind: K, input: InputOf<C[K]>): Promise<CarriedOut<AnswerOf<C[K]>>>;
  close(): Promise<void>;
}

/** A command's answer before it is on the disk. */
export interface CarriedOut<Answer> {
  readonly answer: Answer;
  /** Resolves when it is on the disk; rejects if it will not be: then nothing of it has happened. */
  readonly committed: Promise<void>;
}

/** Whoever hands in a command: is told its answer once it is on the disk, and before if that is asked for. */
export interface Caller<Answer> {
  carriedOut?(answer: Answer): void;
  committed(answer: Answer): void;
  failed(error: unknown): void;
}

/** Both steps as promises, for what takes a caller. */
export function carriedOut<Answer>(take: (caller: Caller<Answer>) => void): Promise<CarriedOut<Answer>> {
  return new Promise((resolve, reject) => {
    const end = Promise.withResolvers<undefined>();
    take({
      carriedOut: (answer) => {
        resolve({ answer, committed: end.promise });
      },
      committed: () => {
        end.resolve(undefined);
      },
      failed: (error) => {
        // Before it was carried out there is only the first promise, and after that only the second.
        end.promise.catch(() => undefined);
        end.reject(error);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    });
  });
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
  /** Told after each commit: which accounts are others than before, and how many commands it held. */
  readonly onCommit: (accounts: ReadonlySet<string>, commands: number) => void;
  readonly onFault: (error: unknown) => void;
}

/** Larger rounds are not faster, and the first of them wait for the last. */
const LARGEST_ROUND = 512;
/** A round is lost to one other at a time; this many in a row is no bad luck. */
const MOST_ATTEMPTS = 8;

interface Pending {
  readonly command: Command<never, unknown>;
  readonly input: unknown;
  readonly caller: Caller<unknown>;
  /** What the caller has been told before the commit: no other try may lead to anything else. */
  told: { readonly answer: unknown } | null;
}

/** The caller knows an answer that is not true any more, as others were faster. */
class AnswerChanged extends Error {
  override readonly name = 'AnswerChanged';
}

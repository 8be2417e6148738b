import { isDeepStrictEqual } from 'node:util';
import { LostRound, type Store } from './store.ts';
import { WorkingSet, type RowKey, type Work } from './workingSet.ts';

/**
 * The one writer: takes closed commands (plain data), carries out in one transaction what has gathered, and answers
 * only after its commit. Each command works on the rows in memory as those before it left them, and is written down
 * with them: a balance that fifty calls move is one changed row. While one round is on its way to the disk the next is
 * carried out, where the store can have it follow.
 */
export class Writer<C extends Commands> implements CommandQueue<C> {
  readonly #store: Store;
  readonly #commands: C;
  readonly #options: WriterOptions;
  readonly #set = new WorkingSet();
  #queue: Pending[] = [];
  /** On their way to the disk, the oldest first. */
  readonly #flying: { readonly batch: readonly Pending[] }[] = [];
  /** Nothing of them has happened, and they are to be carried out again. */
  readonly #failed: FailedRound[] = [];
  #running: Promise<void> | null = null;
  /** Has the next round looked for, where it is waited for. */
  #wake = (): void => undefined;
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
    const needs = command.needs(input as never);
    this.#queue.push({ command, input, caller, needs, isKept: this.#set.keeps(needs), told: null });
    this.#running ??= this.#run();
    if (this.#flying.length > 0 && this.#countOfNext() > 0) this.#wake();
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
    while (this.#queue.length + this.#flying.length + this.#failed.length > 0) {
      const count = this.#failed.length > 0 ? 0 : this.#countOfNext();
      if (count > 0) await this.#depart(this.#queue.splice(0, count));
      else if (this.#flying.length > 0) await new Promise<void>((resolve) => (this.#wake = resolve));
      else for (const { batch, error } of this.#failed.splice(0)) await this.#repeat(batch, error);
    }
    this.#running = null;
  }

  /** How many commands the next round takes; none while it is better to wait. */
  #countOfNext(): number {
    const [flying, second] = this.#flying;
    const count = Math.min(this.#queue.length, LARGEST_ROUND);
    if (second !== undefined || count < (flying?.batch.length ?? 0)) return 0;
    const canFollow = (): boolean =>
      this.#store.canFollow(this.#set) && this.#queue.slice(0, count).every(({ isKept }) => isKept);
    if (flying !== undefined) return canFollow() ? count : 0;
    // As two rounds, the one is carried out while the other is written.
    return count >= WORTH_TWO && canFollow() ? count >> 1 : count;
  }

  /** A round leaves for the disk. Resolves when the next can be carried out. */
  async #depart(batch: readonly Pending[]): Promise<void> {
    try {
      const { committed, tell } = await this.#carryOut(batch);
      this.#flying.push({ batch });
      void this.#land(batch, committed, tell);
    } catch (error) {
      this.#failed.push({ batch, error: asError(error) });
    }
  }

  /** Rounds land in the order in which they left. */
  async #land(batch: readonly Pending[], committed: Promise<void>, tell: () => void): Promise<void> {
    const error = await committed.then(() => null, asError);
    this.#flying.shift();
    if (error === null) tell();
    else this.#failed.push({ batch, error });
    this.#wake();
  }

  /**
   * What has failed is carried out again: while others were faster, all of it; else each on its own, so that one that
   * is broken takes no other with it, and who is alone is told why it failed.
   */
  async #repeat(batch: readonly Pending[], failed: Error): Promise<void> {
    let error: Error | null = failed;
    for (let attempt = 1; error instanceof LostRound && attempt < MOST_ATTEMPTS; attempt += 1) {
      await this.#undo();
      error = await this.#try(batch);
    }
    if (error === null) return;
    await this.#undo();
    const [first, ...others] = batch;
    if (others.length === 0) return first?.caller.failed(error);
    for (const pending of batch) {
      const broken = await this.#try([pending]);
      if (broken !== null) await this.#repeat([pending], broken);
    }
  }

  /** One round, to its end. Answers with what it failed of. */
  async #try(batch: readonly Pending[]): Promise<Error | null> {
    try {
      const { committed, tell } = await this.#carryOut(batch);
      await committed;
      tell();
      return null;
    } catch (error) {
      return asError(error);
    }
  }

  /** Carries out a batch in memory and hands it over to be committed; `tell` is for when it is. */
  async #carryOut(batch: readonly Pending[]): Promise<{ committed: Promise<void>; tell: () => void }> {
    const set = this.#set;
    await this.#store.begin(
      set,
      batch.flatMap(({ needs }) => needs),
    );
    set.now = this.#options.clock();
    const outcomes = batch.map((pending) => this.#attempt(pending));
    const { touched } = set;
    const tell = (): void => {
      for (const outcome of outcomes) this.#tell(outcome);
      this.#tell(() => {
        this.#options.onCommit(touched, batch.length);
      });
    };
    return { committed: Promise.resolve(this.#store.commit(set)), tell };
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
        this.#tell(() => caller.carriedOut?.(answer));
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

  /** What has been carried out stays so, whatever those make of it who are told. */
  #tell(news: () => void): void {
    try {
      news();
    } catch (error) {
      this.#options.onFault(error);
    }
  }

  /** Nothing of the rounds that failed is left. A connection that is lost can't be rolled back, and needn't be. */
  async #undo(): Promise<void> {
    this.#set.forget();
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
/** So few commands are carried out so fast that two rounds of them would only wait for the disk twice. */
const WORTH_TWO = 8;
/** A round is lost to one other at a time; this many in a row is no bad luck. */
const MOST_ATTEMPTS = 8;

interface Pending {
  readonly command: Command<never, unknown>;
  readonly input: unknown;
  readonly caller: Caller<unknown>;
  readonly needs: readonly RowKey[];
  /** Whether all that it needs stays known while it is on its way to the disk. */
  readonly isKept: boolean;
  /** What the caller has been told before the commit: no other try may lead to anything else. */
  told: { readonly answer: unknown } | null;
}

interface FailedRound {
  readonly batch: readonly Pending[];
  readonly error: Error;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** The caller knows an answer that is not true any more, as others were faster. */
class AnswerChanged extends Error {
  override readonly name = 'AnswerChanged';
}

import type { DatabaseSync } from 'node:sqlite';
import type { Ids } from '../ids.ts';
import { transactionsOf, type Transaction } from './transaction.ts';

/**
 * The one writer: takes closed commands (data, no closures, so that it can move into a thread of its own), carries out
 * what has gathered in one transaction, and answers only after its commit.
 */
export class Writer<C extends Commands> {
  readonly #connection: DatabaseSync;
  readonly #commands: C;
  readonly #options: WriterOptions;
  readonly #begin: (now: number, touched: Set<string>) => Transaction;
  #queue: Pending[] = [];
  #scheduled = false;
  #closed = false;

  constructor(connection: DatabaseSync, commands: C, options: WriterOptions) {
    this.#connection = connection;
    this.#commands = commands;
    this.#options = options;
    this.#begin = transactionsOf(connection, options.ids);
  }

  /** Resolves with the command's answer once it is on the disk; rejects if the command is broken or the disk is. */
  submit<K extends keyof C & string>(kind: K, input: Parameters<C[K]>[1]): Promise<ReturnType<C[K]>> {
    const { promise, resolve, reject } = Promise.withResolvers<ReturnType<C[K]>>();
    if (this.#closed) {
      reject(new Error('the writer is closed'));
      return promise;
    }
    const command = this.#commands[kind];
    if (command === undefined) throw new Error(`no command ${kind}`);
    this.#queue.push({
      carryOut: (transaction) => {
        const answer = command(transaction, input) as ReturnType<C[K]>;
        return () => {
          resolve(answer);
        };
      },
      reject,
    });
    if (!this.#scheduled) setImmediate(this.#flush);
    this.#scheduled = true;
    return promise;
  }

  /** Carries out what is waiting and takes nothing more. */
  close(): void {
    this.#flush();
    this.#closed = true;
  }

  readonly #flush = (): void => {
    this.#scheduled = false;
    const batch = this.#queue;
    this.#queue = [];
    if (batch.length === 0) return;
    if (this.#carryOut(batch) || batch.length === 1) return;
    // One of them is broken: each on its own, so that it takes no other with it.
    for (const pending of batch) this.#carryOut([pending]);
  };

  /** One transaction. False if it was rolled back; a single command has then been told why. */
  #carryOut(batch: readonly Pending[]): boolean {
    const touched = new Set<string>();
    const answers: (() => void)[] = [];
    try {
      this.#connection.exec('BEGIN IMMEDIATE');
      const transaction = this.#begin(this.#options.clock(), touched);
      for (const pending of batch) answers.push(pending.carryOut(transaction));
      this.#connection.exec('COMMIT');
    } catch (error) {
      if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
      if (batch.length === 1) batch[0]?.reject(error);
      return false;
    }
    for (const answer of answers) answer();
    this.#options.onCommit(touched, batch.length);
    return true;
  }
}

/** Handlers by name. Each runs inside the writer's transaction, synchronously, and answers with a value. */
export type Commands = Record<string, (transaction: Transaction, input: never) => unknown>;

export interface WriterOptions {
  readonly clock: () => number;
  readonly ids: Ids;
  /** Told after each commit: which accounts are others than before, and how many commands it held. */
  readonly onCommit: (accounts: ReadonlySet<string>, commands: number) => void;
}

interface Pending {
  /** Does the work; what it gives back answers the caller, after the commit. */
  carryOut(transaction: Transaction): () => void;
  reject(error: unknown): void;
}

import type { AnswerOf, CarriedOut, CommandQueue, Commands, InputOf } from './writer.ts';

/**
 * Several writers beside each other: all of an account's commands go to the same, so that they never wait for each
 * other in the database, and other accounts don't wait for them. Which one that is speeds things up and decides
 * nothing: rows are guarded, so two writers of one account, as two processes have them, are as safe.
 */
export class ShardedWriter<C extends Commands> implements CommandQueue<C> {
  readonly #writers: readonly CommandQueue<C>[];
  readonly #shardKeyOf: (input: InputOf<C[keyof C]>) => string;

  /** `shardKeyOf` is an input's account, or whatever else it is about. */
  constructor(writers: readonly CommandQueue<C>[], shardKeyOf: (input: InputOf<C[keyof C]>) => string) {
    this.#writers = writers;
    this.#shardKeyOf = shardKeyOf;
  }

  submit<K extends keyof C & string>(kind: K, input: InputOf<C[K]>): Promise<AnswerOf<C[K]>> {
    return this.#writerOf(input).submit(kind, input);
  }

  carryOut<K extends keyof C & string>(kind: K, input: InputOf<C[K]>): Promise<CarriedOut<AnswerOf<C[K]>>> {
    return this.#writerOf(input).carryOut(kind, input);
  }

  async close(): Promise<void> {
    await Promise.all(this.#writers.map((writer) => writer.close()));
  }

  #writerOf(input: InputOf<C[keyof C]>): CommandQueue<C> {
    const writer = this.#writers[hashOf(this.#shardKeyOf(input)) % this.#writers.length];
    if (writer === undefined) throw new Error('no writer');
    return writer;
  }
}

/** Spreads evenly; it protects nothing. */
function hashOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) >>> 0;
  return hash;
}

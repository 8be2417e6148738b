import type { Memento } from 'vscode';

/**
 * What is remembered of one account of one backend alone: its chats, checkpoints, receipts and savings are no other
 * one's. The account on this machine has the plain names, without an ending.
 */
export class AccountState implements KeptState {
  readonly #ending: string;
  readonly #state: KeptState;

  /** `ending` ends every name. */
  constructor(ending: string, state: KeptState) {
    this.#ending = ending;
    this.#state = state;
  }

  /** The name of a folder, or a file, that is this account's. */
  named(name: string): string {
    return name + this.#ending;
  }

  readonly get = ((key: string, otherwise?: unknown) =>
    this.#state.get(this.named(key), otherwise)) as KeptState['get'];

  update(key: string, value: unknown): Thenable<void> {
    return this.#state.update(this.named(key), value);
  }
}

/** As much of a memento as is used. */
export type KeptState = Pick<Memento, 'get' | 'update'>;

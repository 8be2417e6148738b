import type { Memento } from 'vscode';

/**
 * What is remembered of one backend alone. Another one has another account, whose chats, receipts and savings are not
 * this one's. The backend on this machine has the names without an address.
 */
export class BackendState implements KeptState {
  /** Ends every name: nothing for the backend on this machine. */
  readonly #ending: string;
  readonly #state: KeptState;

  /** `address` is empty for the backend on this machine. */
  constructor(address: string, state: KeptState) {
    this.#ending = address === '' ? '' : `@${encodeURIComponent(address.replace(/\/+$/, ''))}`;
    this.#state = state;
  }

  /** The name of a folder, or a file, that is this backend's. */
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

import * as z from 'zod/mini';
import { AccountState, type KeptState } from './accountState.ts';

const STORED_UNDER = 'tokenfare.accounts';
const Stored = z.object({ first: z.string(), last: z.string() });
type Stored = z.infer<typeof Stored>;

/**
 * Whose chats are shown: those of the account that is signed in, or was last. What was begun before anybody had signed
 * in at an address belongs to the first who does.
 */
export class KnownAccounts {
  readonly #address: string;
  readonly #state: KeptState;
  #stored: Stored | null;
  #current: AccountState;

  /** `address` is the server's; empty for the backend on this machine, which has one account. */
  constructor(address: string, state: KeptState) {
    this.#address = address;
    this.#state = state;
    const parsed = Stored.safeParse(this.#ofBackend.get(STORED_UNDER));
    this.#stored = parsed.success ? parsed.data : null;
    this.#current = this.#stateOf(this.#stored?.last ?? null);
  }

  /** What is remembered of the account whose chats are shown. */
  get current(): AccountState {
    return this.#current;
  }

  /** This account is signed in now. True if another's was remembered until now. */
  use(account: string): boolean {
    if (this.#address === '' || account === this.#stored?.last) return false;
    const before = this.#current;
    this.#stored = { first: this.#stored?.first ?? account, last: account };
    this.#current = this.#stateOf(account);
    void this.#ofBackend.update(STORED_UNDER, this.#stored);
    return this.#current.named('') !== before.named('');
  }

  #stateOf(account: string | null): AccountState {
    const isFirst = account === null || account === this.#stored?.first;
    return new AccountState(this.#ending + (isFirst ? '' : `+${encodeURIComponent(account)}`), this.#state);
  }

  get #ofBackend(): AccountState {
    return new AccountState(this.#ending, this.#state);
  }

  get #ending(): string {
    return this.#address === '' ? '' : `@${encodeURIComponent(this.#address.replace(/\/+$/, ''))}`;
  }
}

import type { BalanceWarning } from '../../core/warning.ts';
import type { AccountBody } from '../../protocol/api.ts';
import type { AccountWarning } from './warnings.ts';

/**
 * Tells those who watch an account how it stands: at once, and after every change, whichever process made it. Our own
 * commits are told by `changed`; those of other processes and the calendar's are found by looking. Of what there is to
 * warn, one of them is told, once.
 */
export class AccountFeed {
  readonly #options: AccountFeedOptions;
  readonly #watchers = new Map<string, Set<Watcher>>();
  readonly #timer: NodeJS.Timeout;
  #isLooking = false;
  /** By account, what was asked about last: changes come by the dozen, warnings once. */
  readonly #warned = new Map<string, string>();

  constructor(options: AccountFeedOptions) {
    this.#options = options;
    this.#timer = setInterval(() => {
      if (this.#isLooking || this.#watchers.size === 0) return;
      this.#isLooking = true;
      void this.#look().finally(() => (this.#isLooking = false));
    }, LOOK_MS);
    this.#timer.unref();
  }

  /** Tells the account's JSON now and whenever it is another, until the returned function is called. */
  watch(accountId: string, tell: Told): () => void {
    const watcher: Watcher = { tell, last: '' };
    const all = this.#watchers.get(accountId) ?? new Set();
    this.#watchers.set(accountId, all.add(watcher));
    void this.#tell(accountId);
    return () => {
      all.delete(watcher);
      if (all.size > 0 || this.#watchers.get(accountId) !== all) return;
      this.#watchers.delete(accountId);
      this.#warned.delete(accountId);
    };
  }

  /** These accounts are others than before. */
  changed(accounts: Iterable<string>): void {
    for (const accountId of accounts) if (this.#watchers.has(accountId)) void this.#tell(accountId);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#watchers.clear();
  }

  async #look(): Promise<void> {
    const due = [...this.#watchers].filter(([, all]) => [...all].some((each) => this.#isPeriodOver(each)));
    // A database that doesn't answer is asked again at the next look.
    const changed = await this.#options.changedAccounts([...this.#watchers.keys()]).catch(() => []);
    this.changed(new Set([...due.map(([accountId]) => accountId), ...changed]));
  }

  #isPeriodOver(watcher: Watcher): boolean {
    return watcher.periodEnd !== undefined && this.#options.clock() >= watcher.periodEnd;
  }

  async #tell(accountId: string): Promise<void> {
    const body = await this.#options.read(accountId).catch(() => null);
    const watchers = this.#watchers.get(accountId);
    if (body === null || watchers === undefined) return;
    const json = JSON.stringify(body);
    for (const watcher of watchers) {
      watcher.periodEnd = Date.parse(body.period.end);
      if (json === watcher.last) continue;
      watcher.last = json;
      watcher.tell.account(json);
    }
    if (body.warning !== null) await this.#warn(accountId, body.period.start, body.warning);
  }

  /** Whoever watches last is likely the window that its person is at. */
  async #warn(accountId: string, start: string, threshold: BalanceWarning): Promise<void> {
    const key = `${start} ${threshold}`;
    if (this.#warned.get(accountId) === key) return;
    this.#warned.set(accountId, key);
    const warning = { accountId, periodStart: Date.parse(start), threshold };
    const isFirst = await this.#options.tellWarning(warning).catch(() => null);
    // A database that doesn't answer is asked again with the next change.
    if (isFirst === null) this.#warned.delete(accountId);
    if (isFirst === true) [...(this.#watchers.get(accountId) ?? [])].at(-1)?.tell.warning(threshold);
  }
}

/** Half of the second within which a change made by another process must be seen. */
const LOOK_MS = 500;

export interface AccountFeedOptions {
  readonly clock: () => number;
  /** Which of these may be others than at the last look. */
  readonly changedAccounts: (watched: readonly string[]) => Promise<readonly string[]>;
  readonly read: (accountId: string) => Promise<AccountBody | null>;
  /** True once for each: then it is to be told. */
  readonly tellWarning: (warning: AccountWarning) => Promise<boolean>;
}

export interface Told {
  readonly account: (json: string) => void;
  readonly warning: (threshold: BalanceWarning) => void;
}

interface Watcher {
  readonly tell: Told;
  last: string;
  periodEnd?: number;
}

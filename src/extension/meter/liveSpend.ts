import * as vscode from 'vscode';
import type { AccountBody } from '../../protocol/api.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';

export interface Spend {
  readonly generation: string;
  readonly spent: Millitokens;
  /** What of `spent` was charged by now: that of its calls that have ended. */
  readonly settled: Millitokens;
  readonly stopsAt: Millitokens;
  /** The budget of the day, where it is what stops it; else null. */
  readonly budget: Millitokens | null;
  /** What the period's charges were when nothing of `spent` was among them. */
  readonly usedBefore: Millitokens;
}

/**
 * What the running generations have spent so far. The status bar and the chat show it, whoever sets it. One that ended
 * counts until none runs any more: its charges are among those since the first of them began.
 */
export class LiveSpend implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #spends = new Map<string, Spend>();
  readonly #running = new Set<string>();
  /** What each had been charged when it began to run beside the others. */
  readonly #before = new Map<string, Millitokens>();
  /** Those that ended since the account was last heard of. */
  #ended: Ended[] = [];

  /** All of them together; null if none runs. */
  get current(): Spend | null {
    const [first, ...others] = this.#spends.values();
    if (!first) return null;
    const since = others.map(({ generation, spent }) => spent - (this.#before.get(generation) ?? 0));
    return { ...first, spent: millitokens(since.reduce((sum, each) => sum + each, first.spent)) };
  }

  /** What one generation has spent; null if it does not run. */
  of(generation: string): Spend | null {
    return this.#running.has(generation) ? (this.#spends.get(generation) ?? null) : null;
  }

  /**
   * What may still come on top of what an account has used, but for one generation: from those that run, from those
   * that ended and that it has not heard of yet, and from what it holds for none of these, as for another window.
   */
  setAside(account: AccountBody, but: string): Millitokens {
    const { used, held } = account.balance;
    const running = [...this.#spends.values()].filter(({ generation }) => this.#running.has(generation));
    const ended = this.#ended.filter((each) => each.account === account && used - each.usedBefore < each.settled);
    const others = running.filter(({ generation }) => generation !== but);
    const charges = ended.map((each) => ({ ...each, stopsAt: each.settled }));
    const elsewhere = Math.max(0, held - mayAdd([...running, ...ended], used));
    return millitokens(mayAdd([...others, ...charges], used) + elsewhere);
  }

  set(spend: Spend): void {
    if (!this.#spends.has(spend.generation)) this.#before.set(spend.generation, spend.settled);
    this.#running.add(spend.generation);
    this.#spends.set(spend.generation, spend);
    this.#changed.fire();
  }

  /** `charged`: all that it cost, where that is known; `account`: as it is known now. */
  end(
    generation: string,
    { charged, account }: { charged?: Millitokens | undefined; account: AccountBody | null },
  ): void {
    const spend = this.#spends.get(generation);
    this.#ended = this.#ended.filter((each) => each.account === account);
    if (spend && account) this.#ended.push({ ...spend, settled: charged ?? spend.settled, account });
    this.#running.delete(generation);
    if (this.#running.size === 0) {
      this.#spends.clear();
      this.#before.clear();
    }
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

interface Ended extends Spend {
  readonly account: AccountBody;
}

/** What generations may add to what the account has `used`: it hears of a charge a moment after the answer does. */
function mayAdd(spends: readonly Spend[], used: Millitokens): number {
  return spends.reduce((sum, { stopsAt, settled, usedBefore }) => {
    return sum + Math.max(0, stopsAt - Math.min(settled, Math.max(0, used - usedBefore)));
  }, 0);
}

import * as vscode from 'vscode';
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
   * What all that run, but one, may still add to what the account has `used`: it hears of a charge a moment after the
   * answer does.
   */
  setAside(used: Millitokens, but: string): Millitokens {
    const others = [...this.#spends.values()].filter(({ generation }) => {
      return this.#running.has(generation) && generation !== but;
    });
    const open = others.map(({ stopsAt, settled, usedBefore }) => {
      return Math.max(0, stopsAt - Math.min(settled, Math.max(0, used - usedBefore)));
    });
    return millitokens(open.reduce((sum, each) => sum + each, 0));
  }

  set(spend: Spend): void {
    if (!this.#spends.has(spend.generation)) this.#before.set(spend.generation, spend.settled);
    this.#running.add(spend.generation);
    this.#spends.set(spend.generation, spend);
    this.#changed.fire();
  }

  end(generation: string): void {
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

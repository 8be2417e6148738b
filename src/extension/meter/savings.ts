import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { millitokens, type Millitokens } from '../../core/tokens.ts';
import type { KeptState } from '../backend/accountState.ts';

export type SavingKind = 'edit-for-free' | 'roll-back' | 'batch' | 'start-fresh';

const STORED_UNDER = 'tokenfare.savings';
const Stored = z.record(z.string(), z.int().check(z.nonnegative()));

/** What free edits, batches and roll backs saved so far, in millitokens; only savings that were taken are recorded. */
export class Savings implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #state: KeptState;

  constructor(state: KeptState) {
    this.#state = state;
  }

  /** From now on another account's. */
  show(state: KeptState): void {
    this.#state = state;
    this.#changed.fire();
  }

  get total(): Millitokens {
    return millitokens(Object.values(this.byKind).reduce((sum, saved) => sum + saved, 0));
  }

  /** In millitokens, by kind. */
  get byKind(): Record<string, number> {
    const parsed = Stored.safeParse(this.#state.get(STORED_UNDER) ?? {});
    return parsed.success ? parsed.data : {};
  }

  async add(kind: SavingKind, saved: Millitokens): Promise<void> {
    const stored = this.byKind;
    await this.#state.update(STORED_UNDER, { ...stored, [kind]: (stored[kind] ?? 0) + saved });
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

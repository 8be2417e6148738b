import * as vscode from 'vscode';
import type { Millitokens } from '../../core/tokens.ts';

export interface Spend {
  readonly generation: string;
  readonly spent: Millitokens;
  readonly stopsAt: Millitokens;
  /** What the period's charges were when nothing of `spent` was among them. */
  readonly usedBefore: Millitokens;
}

/** What the running generation has spent so far, or null. The status bar and the chat show it, whoever sets it. */
export class LiveSpend implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #current: Spend | null = null;

  get current(): Spend | null {
    return this.#current;
  }

  set(spend: Spend | null): void {
    this.#current = spend;
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

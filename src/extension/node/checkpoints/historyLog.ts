import { History } from './history.ts';
import type { Journal } from './journal.ts';
import type { JournalLine } from './journalLine.ts';
import type { PendingSyncs } from './pendingSyncs.ts';

/** The journal and what it says, in step: what is appended is part of the history at once. For who holds the lock. */
export class HistoryLog {
  readonly history = new History();
  readonly #journal: Journal;
  readonly #syncs: PendingSyncs;

  constructor(journal: Journal, syncs: PendingSyncs) {
    this.#journal = journal;
    this.#syncs = syncs;
  }

  /** Takes in what other windows have written since. */
  catchUp(): void {
    this.history.fold(this.#journal.readNew());
  }

  /** The line is durable with the next one that is: what follows on it waits for that. */
  async append(line: JournalLine): Promise<void> {
    await this.#journal.append(line);
    this.catchUp();
  }

  /** The line counts once it is durable. */
  async appendDurably(line: JournalLine): Promise<void> {
    await this.#journal.append(line);
    try {
      await this.#syncs.finish();
    } catch (error) {
      this.#journal.cut();
      throw error;
    }
    this.catchUp();
  }

  /** Takes away what was appended and did not become durable. */
  cut(): void {
    this.#journal.cut();
  }
}

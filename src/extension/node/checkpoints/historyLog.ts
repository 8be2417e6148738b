import { History } from './history.ts';
import type { Journal } from './journal.ts';
import type { JournalLine } from './journalLine.ts';
import type { PendingSyncs } from './pendingSyncs.ts';

/** The journal and what it says, in step: what is appended is part of the history at once. For who holds the lock. */
export class HistoryLog {
  #history = new History();
  readonly #journal: Journal;
  readonly #syncs: PendingSyncs;

  constructor(journal: Journal, syncs: PendingSyncs) {
    this.#journal = journal;
    this.#syncs = syncs;
  }

  get history(): History {
    return this.#history;
  }

  /** Takes in what other windows have written since. */
  catchUp(): void {
    const { isAnother, records } = this.#journal.readNew();
    if (isAnother) this.#history = new History();
    this.#history.fold(records);
  }

  /** Lets go of the lines before the first that speaks of a generation that is kept. */
  async shorten(): Promise<void> {
    const line = this.#history.neededFrom();
    if (line <= FIRST_OF_ALL) return;
    await this.#journal.keepFrom(line);
    this.catchUp();
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

/** The line after the journal's head: where that is needed, nothing can go. */
const FIRST_OF_ALL = 2;

import type { CallName } from './generations.ts';
import type { KeptAnswer } from './keptAnswer.ts';
import type { KeptPiece, KeptPieceStore } from './keptPieceStore.ts';

/**
 * Writes what this process keeps of its answers into the database, all of them together and some times a second, and
 * forgets there what is forgotten here. A database that doesn't answer is told later; the answers go on meanwhile.
 */
export class AnswerMirror {
  readonly #store: PieceWriter;
  readonly #answers = new Map<KeptAnswer, Mirrored>();
  #unsent: readonly KeptPiece[] = [];
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(store: PieceWriter) {
    this.#store = store;
  }

  /** Writes an answer down from now on, in the place of its generation's earlier one. */
  add(name: CallName, answer: KeptAnswer): void {
    this.#answers.set(answer, { name, pieces: 0, events: 0, isWhole: false });
    // What stays because of a fault goes with the next sweep.
    this.#store.drop(name, 'others').catch(() => undefined);
    this.wake();
  }

  /** Something has changed that may not wait for the next answer. */
  wake(): void {
    this.#timer ??= setTimeout(this.#write, WRITE_MS).unref();
  }

  /** Writes what is left. */
  async close(): Promise<void> {
    if (this.#timer === null) return this.#writing;
    clearTimeout(this.#timer);
    this.#write();
    await this.#writing;
    clearTimeout(this.#timer);
  }

  readonly #write = (): void => {
    this.#writing = this.#writing
      .then(() => this.#writeNews())
      .catch(() => undefined)
      .finally(() => {
        this.#timer = null;
        if (this.#unsent.length > 0 || [...this.#answers].some(isUnfinished)) this.wake();
      });
  };

  async #writeNews(): Promise<void> {
    for (const [answer, { name }] of this.#answers) {
      if (!answer.isLost) continue;
      await this.#store.drop(name, 'it');
      this.#answers.delete(answer);
    }
    // Whether these have arrived is not known after a fault: the same are sent again, not others of their numbers.
    if (this.#unsent.length === 0) this.#unsent = [...this.#answers].flatMap((entry) => nextPiece(...entry) ?? []);
    if (this.#unsent.length > 0) await this.#store.add(this.#unsent);
    this.#unsent = [];
  }
}

export type PieceWriter = Pick<KeptPieceStore, 'add' | 'drop'>;

/** Whoever follows an answer from elsewhere is this much behind, and a hundred answers are one write. */
const WRITE_MS = 100;

/** How far an answer has been written down. */
interface Mirrored {
  readonly name: CallName;
  pieces: number;
  events: number;
  isWhole: boolean;
}

function isUnfinished([answer, { isWhole }]: [KeptAnswer, Mirrored]): boolean {
  return !isWhole || answer.isLost;
}

/** The first piece may be empty: it says that there is an answer. */
function nextPiece(answer: KeptAnswer, written: Mirrored): KeptPiece | null {
  const events = answer.eventsFrom(written.events);
  const isLast = answer.endedAt !== null;
  const hasNews = events.length > 0 || written.pieces === 0 || (isLast && !written.isWhole);
  if (!hasNews) return null;
  const { name, pieces: number, events: eventsBefore } = written;
  written.pieces += 1;
  written.events += events.length;
  written.isWhole = isLast;
  return { name, number, eventsBefore, bytes: Buffer.concat(events), isLast };
}

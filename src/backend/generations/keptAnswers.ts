import type { Clock } from '../clock.ts';
import { KeptAnswer } from './keptAnswer.ts';

/**
 * The streamed answers of clients that asked to resume, so that the rest can be fetched after a lost connection. They
 * are in this process's memory: an answer can be resumed where it is being given.
 */
export class KeptAnswers {
  readonly #clock: Clock;
  readonly #answers = new Map<string, KeptAnswer>();
  readonly #timer: NodeJS.Timeout;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#timer = setInterval(this.#dropOld, LOOK_MS);
    this.#timer.unref();
  }

  /** Begins to keep an answer in the place of the generation's earlier one. Null if there is no room for another. */
  open(accountId: string, generationId: string): KeptAnswer | null {
    this.#dropOld();
    const key = keyOf(accountId, generationId);
    this.#answers.get(key)?.lose();
    this.#answers.delete(key);
    if (this.#answers.size >= MOST_ANSWERS && !this.#dropOldestEnded()) return null;
    const answer = new KeptAnswer((bytes) => this.#makeRoom(bytes));
    this.#answers.set(key, answer);
    return answer;
  }

  /** The generation's latest answer, if it is still kept. */
  find(accountId: string, generationId: string): KeptAnswer | undefined {
    this.#dropOld();
    return this.#answers.get(keyOf(accountId, generationId));
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #makeRoom(bytes: number): boolean {
    while (this.#bytes + bytes > MOST_BYTES) if (!this.#dropOldestEnded()) return false;
    return true;
  }

  get #bytes(): number {
    let sum = 0;
    for (const answer of this.#answers.values()) sum += answer.bytes;
    return sum;
  }

  readonly #dropOld = (): void => {
    const before = this.#clock() - KEPT_MS;
    for (const [key, answer] of this.#answers) {
      if (answer.isLost || (answer.endedAt !== null && answer.endedAt < before)) this.#answers.delete(key);
    }
  };

  #dropOldestEnded(): boolean {
    for (const [key, answer] of this.#answers) if (answer.endedAt !== null) return this.#answers.delete(key);
    return false;
  }
}

/** How long an ended answer is kept (design, section 9). */
const KEPT_MS = 5 * 60_000;
/** How much later than that it is forgotten at the latest. */
const LOOK_MS = 15_000;
/** A busy instance's share of streams that clients asked to resume; the next is given as if it had not been asked. */
const MOST_ANSWERS = 256;
/** Memory that a small instance can spare for them together. */
const MOST_BYTES = 32 * 1024 * 1024;

function keyOf(accountId: string, generationId: string): string {
  return JSON.stringify([accountId, generationId]);
}

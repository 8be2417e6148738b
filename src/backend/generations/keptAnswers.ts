import type { Clock } from '../clock.ts';
import { AnswerMirror } from './answerMirror.ts';
import type { CallName } from './generations.ts';
import { KeptAnswer } from './keptAnswer.ts';
import type { KeptPieceStore } from './keptPieceStore.ts';
import { RemoteAnswer } from './remoteAnswer.ts';

/**
 * The streamed answers of clients that asked to resume, so that the rest can be fetched after a lost connection. They
 * are in this process's memory; where there may be other processes, they are written into the database too, within the
 * same bounds, so that each can give the rest of any.
 */
export class KeptAnswers {
  readonly #clock: Clock;
  readonly #store: KeptPieceStore | null;
  readonly #mirror: AnswerMirror | null;
  readonly #answers = new Map<string, { name: CallName; answer: KeptAnswer }>();
  readonly #timer: NodeJS.Timeout;

  /** `store` is null for a process that is the only one. */
  constructor(clock: Clock, store: KeptPieceStore | null) {
    this.#clock = clock;
    this.#store = store;
    this.#mirror = store && new AnswerMirror(store);
    this.#timer = setInterval(this.#sweep, LOOK_MS);
    this.#timer.unref();
  }

  /** Begins to keep an answer in the place of the generation's earlier one. Null if there is no room for another. */
  open(name: CallName): KeptAnswer | null {
    this.#dropOld();
    const key = keyOf(name);
    this.#drop(key);
    if (this.#answers.size >= MOST_ANSWERS && !this.#dropOldestEnded()) return null;
    const answer = new KeptAnswer((bytes) => this.#makeRoom(bytes));
    this.#answers.set(key, { name, answer });
    this.#mirror?.add(name, answer);
    return answer;
  }

  /** The generation's latest answer, if it is still kept, whichever process gives it. */
  async find(accountId: string, generationId: string): Promise<ResumableAnswer | undefined> {
    this.#dropOld();
    const own = this.#answers.get(keyOf({ accountId, generationId }));
    const latest = await this.#store?.latest(accountId, generationId);
    const isElsewhere = latest !== undefined && latest.holdId > (own?.name.holdId ?? '');
    return this.#store !== null && isElsewhere ? new RemoteAnswer(this.#store, latest) : own?.answer;
  }

  /** Writes down what others may ask for. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#mirror?.close();
  }

  #makeRoom(bytes: number): boolean {
    while (this.#bytes + bytes > MOST_BYTES) if (!this.#dropOldestEnded()) return false;
    return true;
  }

  get #bytes(): number {
    let sum = 0;
    for (const { answer } of this.#answers.values()) sum += answer.bytes;
    return sum;
  }

  readonly #sweep = (): void => {
    this.#dropOld();
    // A database that doesn't answer is swept the next time, or by another process.
    this.#store?.sweep(this.#clock() - KEPT_MS).catch(() => undefined);
  };

  #dropOld(): void {
    const before = this.#clock() - KEPT_MS;
    for (const [key, { answer }] of this.#answers) {
      if (answer.isLost || (answer.endedAt !== null && answer.endedAt < before)) this.#drop(key);
    }
  }

  #dropOldestEnded(): boolean {
    for (const [key, { answer }] of this.#answers) if (answer.endedAt !== null) return this.#drop(key);
    return false;
  }

  #drop(key: string): boolean {
    this.#answers.get(key)?.answer.lose();
    this.#mirror?.wake();
    return this.#answers.delete(key);
  }
}

export interface ResumableAnswer {
  /** Its events after so many, those to come included, up to its end. Ends early when the reader has gone. */
  eventsAfter(count: number, reader: AbortSignal): AsyncGenerator<Buffer>;
}

/** How long an ended answer is kept (design, section 9). */
const KEPT_MS = 5 * 60_000;
/** How much later than that it is forgotten at the latest. */
const LOOK_MS = 15_000;
/** A busy instance's share of streams that clients asked to resume; the next is given as if it had not been asked. */
const MOST_ANSWERS = 256;
/** Memory that a small instance can spare for them together. */
const MOST_BYTES = 32 * 1024 * 1024;

function keyOf({ accountId, generationId }: Pick<CallName, 'accountId' | 'generationId'>): string {
  return JSON.stringify([accountId, generationId]);
}

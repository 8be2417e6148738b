import { setTimeout as wait } from 'node:timers/promises';
import { HttpRefusal } from '../http/httpRefusal.ts';
import type { CallName } from './generations.ts';
import type { EndedCall, KeptPieceStore } from './keptPieceStore.ts';
import { SseSplitter } from './sseEvents.ts';

/** An answer that another process gives or has given, read from what that one writes into the database. */
export class RemoteAnswer {
  readonly #store: KeptPieceStore;
  readonly #name: CallName;

  constructor(store: KeptPieceStore, name: CallName) {
    this.#store = store;
    this.#name = name;
  }

  /**
   * Its events after so many, those to come included, up to its end. Where the end never came because its process died
   * or could not keep it, the last event says so, and what was charged. Ends early when the reader has gone.
   */
  async *eventsAfter(count: number, reader: AbortSignal): AsyncGenerator<Buffer> {
    const [store, name] = [this.#store, this.#name];
    let number = await store.numberAt(name, count);
    let quiet = 0;
    let hadEnded = false;
    while (!reader.aborted) {
      const pieces = await store.read(name, number);
      for (const { number: read, eventsBefore, bytes, isLast } of pieces) {
        yield* eventsIn(bytes).slice(Math.max(0, count - eventsBefore));
        if (isLast) return;
        number = read + 1;
      }
      quiet = pieces.length > 0 ? 0 : quiet + 1;
      if (quiet > 0 && quiet % LOOKS_FOR_END === 0) {
        const end = await store.endOf(name);
        if (end !== null && hadEnded) {
          yield lostEnd(name, end);
          return;
        }
        hadEnded = end !== null;
      }
      if (quiet > 0) await wait(LOOK_MS, undefined, { signal: reader }).catch(() => undefined);
    }
  }
}

/** As often as the other process writes. */
const LOOK_MS = 100;
/** After this many looks without news it is asked whether the call has ended; a last piece may be that much late. */
const LOOKS_FOR_END = 20;

function eventsIn(bytes: Buffer): Buffer[] {
  return new SseSplitter().push(bytes).map((event) => event.bytes);
}

function lostEnd({ generationId: generation }: CallName, { isRecovered, ...tokenfare }: EndedCall): Buffer {
  const { body } = new HttpRefusal(
    'unavailable',
    isRecovered
      ? 'The process that gave this answer has ended, and the rest is lost. What had arrived by then is charged.'
      : 'The rest of this answer was not kept. It is charged as it was given.',
  );
  return Buffer.from(`data: ${JSON.stringify({ ...body, tokenfare: { generation, ...tokenfare } })}\n\n`);
}

import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { KeptAnswer } from './keptAnswer.ts';

/** Where a streamed answer goes: to its client while that is there, and into what is kept for a client to resume. */
export class AnswerStream {
  readonly #response: ServerResponse;
  readonly #kept: KeptAnswer | null;
  readonly #clock: Clock;
  readonly #unreadMs: number;

  constructor(response: ServerResponse, kept: KeptAnswer | null, clock: Clock, unreadMs = UNREAD_MS) {
    this.#response = response;
    this.#kept = kept;
    this.#clock = clock;
    this.#unreadMs = unreadMs;
  }

  /** Nobody gets any more of it. */
  get isLost(): boolean {
    return this.#response.destroyed && (this.#kept === null || this.#kept.isLost);
  }

  /** Sends the headers, if they have not been sent. */
  begin(headers: () => Record<string, string | string[]>): void {
    if (this.#response.headersSent || this.#response.destroyed) return;
    this.#response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', ...headers() });
  }

  /**
   * Passes events on. Resolves when a slow client has taken what it was sent, or has gone: one that has taken nothing
   * for a minute is sent away, so that it holds nothing for ever.
   */
  async pass(events: readonly PassedEvent[]): Promise<void> {
    this.#keep(events);
    if (this.#response.destroyed) return;
    const bytes = events.map((event) => event.bytes);
    const isRoom = this.#response.write(bytes.length === 1 ? bytes[0] : Buffer.concat(bytes));
    if (isRoom) return;
    // The socket's own limit: as long as any byte leaves it, it begins anew.
    this.#response.setTimeout(this.#unreadMs);
    await roomIn(this.#response);
    this.#response.setTimeout(0);
  }

  /** Sends the last events and ends. */
  end(...data: readonly string[]): void {
    const events = data.map((each) => ({ bytes: Buffer.from(`data: ${each}\n\n`), isData: true }));
    this.#keep(events);
    this.#kept?.end(this.#clock());
    if (!this.#response.destroyed) this.#response.end(Buffer.concat(events.map(({ bytes }) => bytes)));
  }

  /** Lets go of what is kept of an answer that did not come to its end. */
  close(): void {
    if (this.#kept?.endedAt === null) this.#kept.lose();
  }

  #keep(events: readonly PassedEvent[]): void {
    this.#kept?.append(events.filter(({ isData }) => isData).map(({ bytes }) => bytes));
  }
}

/** Nobody's line stands still for so long and comes back. */
const UNREAD_MS = 60_000;

export interface PassedEvent {
  readonly bytes: Buffer;
  /** False for a comment, which is not counted. */
  readonly isData: boolean;
}

/** Waits until a client has taken what it was sent, or has gone. */
function roomIn(response: ServerResponse): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const over = (): void => {
    resolve(undefined);
  };
  response.once('drain', over);
  response.once('close', over);
  return promise.finally(() => {
    response.off('drain', over);
    response.off('close', over);
  });
}

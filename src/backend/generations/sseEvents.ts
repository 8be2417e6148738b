/** One event of a stream as it came: its bytes with the blank line that ends it, and its data, null for a comment. */
export interface SseEvent {
  readonly bytes: Buffer;
  readonly data: string | null;
}

/** A stream's event is larger than this only if it is no stream of events. */
export const MAX_EVENT_BYTES = 8 * 1024 * 1024;

/**
 * Cuts a byte stream into server-sent events without changing a byte of them. Works on bytes, so that a character that
 * is cut by a chunk's end is whole again before it is decoded. Throws a RangeError for an event beyond the limit.
 */
export class SseSplitter {
  #rest: Buffer = Buffer.alloc(0);

  /** The events that this chunk completes. */
  push(chunk: Buffer): SseEvent[] {
    const all = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const events: SseEvent[] = [];
    let start = 0;
    let line = 0;
    for (let end = all.indexOf(LINE_FEED, line); end !== -1; end = all.indexOf(LINE_FEED, line)) {
      const isBlank = end === line || (end === line + 1 && all[line] === CARRIAGE_RETURN);
      line = end + 1;
      if (!isBlank) continue;
      if (line - start > 2) events.push(eventOf(all.subarray(start, line)));
      start = line;
    }
    this.#rest = all.subarray(start);
    if (this.#rest.length > MAX_EVENT_BYTES) throw new RangeError('an event of the stream is too large');
    return events;
  }

  /** What is left at the end: an event whose blank line never came, or nothing. */
  end(): SseEvent[] {
    const { length } = this.#rest;
    return length === 0 ? [] : [eventOf(Buffer.concat([this.#rest, Buffer.from('\n\n')]))];
  }
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

function eventOf(bytes: Buffer): SseEvent {
  const lines = bytes.toString('utf8').split(/\r?\n/);
  const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(line[5] === ' ' ? 6 : 5));
  return { bytes, data: data.length === 0 ? null : data.join('\n') };
}

import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import type { UpstreamAnswer } from '../models/upstream.ts';
import type { AnswerMeter } from './answerMeter.ts';
import { chunksOf, ProviderFailure } from './providerFailure.ts';
import { SseSplitter, type SseEvent } from './sseEvents.ts';

/**
 * Passes a streamed answer on, event by event and byte for byte, but for its end, which waits for the settlement, and
 * usage that the client didn't ask for. Waits for a slow client. Throws a ProviderFailure for an answer that is broken
 * or not whole.
 */
export async function relayStream(answer: UpstreamAnswer, to: StreamTarget): Promise<StreamEnd> {
  const { response, meter } = to;
  const splitter = new SseSplitter();
  const end: StreamEnd = { done: false, first: {} };
  const pass = async (events: readonly SseEvent[]): Promise<void> => {
    const kept = events.flatMap((event) => passedBytes(event, to, end) ?? []);
    if (kept.length === 0) return;
    to.begin();
    const isRoom = response.write(kept.length === 1 ? kept[0] : Buffer.concat(kept));
    to.onDelivered();
    if (!isRoom && !response.destroyed) await roomIn(response);
  };
  const chunks = chunksOf(answer.body);
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    const { value } = next;
    await pass(split(() => splitter.push(value)));
    if (end.done) {
      readAway(chunks);
      break;
    }
  }
  if (!end.done) await pass(splitter.end());
  if (!meter.finished && (!end.done || meter.isEmpty)) throw new ProviderFailure("The model's answer broke off.");
  return end;
}

export interface StreamTarget {
  readonly response: ServerResponse;
  readonly meter: AnswerMeter;
  readonly showsUsage: boolean;
  /** Sends the headers, before the first byte. */
  readonly begin: () => void;
  readonly onDelivered: () => void;
}

export interface StreamEnd {
  /** The provider said that this is all. */
  done: boolean;
  /** What the answer's chunks say of themselves, for the one that we add. */
  first: Readonly<Record<string, unknown>>;
}

/** Waits until a client has taken what it was sent, or has gone. */
async function roomIn(response: ServerResponse): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]);
  over.abort();
}

/**
 * Nothing after its end belongs to an answer; reading it lets the connection be used again, and nobody waits for it.
 */
function readAway(chunks: AsyncGenerator<Buffer>): void {
  const rest = async (): Promise<void> => {
    while ((await chunks.next()).done !== true);
  };
  rest().catch(() => undefined);
}

const Chunk = z.record(z.string(), z.unknown());

function split(push: () => SseEvent[]): SseEvent[] {
  try {
    return push();
  } catch {
    throw new ProviderFailure("The model's answer has an event that is too large.");
  }
}

/** The bytes that the client gets for an event: mostly the event's own. */
function passedBytes(event: SseEvent, to: StreamTarget, end: StreamEnd): Buffer | null {
  if (event.data === null) return event.bytes;
  if (end.done) return null;
  if (event.data.trim() === '[DONE]') {
    end.done = true;
    return null;
  }
  const chunk = parseChunk(event.data);
  if (chunk['error'] !== undefined && chunk['error'] !== null && chunk['choices'] === undefined) {
    throw new ProviderFailure("The model's provider failed on the way.", { error: chunk['error'] });
  }
  to.meter.observe(chunk);
  if (end.first['id'] === undefined) {
    const { id, created, model } = chunk;
    end.first = { id, created, model };
  }
  if (to.showsUsage || !('usage' in chunk)) return event.bytes;
  const { usage: _, ...rest } = chunk;
  const isUsageAlone = Array.isArray(chunk['choices']) && chunk['choices'].length === 0;
  return isUsageAlone ? null : Buffer.from(`data: ${JSON.stringify(rest)}\n\n`);
}

function parseChunk(data: string): Record<string, unknown> {
  try {
    return Chunk.parse(JSON.parse(data));
  } catch {
    throw new ProviderFailure("The model's answer is not what it should be.");
  }
}

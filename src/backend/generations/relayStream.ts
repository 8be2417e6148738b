import type { UpstreamAnswer } from '../models/upstream.ts';
import type { AnswerMeter } from './answerMeter.ts';
import type { PassedEvent } from './answerStream.ts';
import { isRecord } from './isRecord.ts';
import { JsonText } from './jsonText.ts';
import { bytesOf, ProviderFailure } from './providerFailure.ts';
import { SseSplitter, type SseEvent } from './sseEvents.ts';

/**
 * Passes a streamed answer on, event by event and byte for byte, but for its end, which waits for the settlement, and
 * usage that the client didn't ask for. Waits for a slow client. Throws a ProviderFailure for an answer that is broken
 * or not whole.
 */
export async function relayStream(answer: UpstreamAnswer, to: StreamTarget): Promise<StreamEnd> {
  const splitter = new SseSplitter();
  const end: StreamEnd = { done: false, first: {} };
  const pass = async (events: readonly SseEvent[]): Promise<void> => {
    const passed = events.flatMap((event) => passedEvent(event, to, end) ?? []);
    if (passed.length > 0) await to.pass(passed);
  };
  const chunks = (answer.body as AsyncIterable<Buffer | string>)[Symbol.asyncIterator]();
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    const bytes = bytesOf(next.value);
    await pass(split(() => splitter.push(bytes)));
    if (end.done) {
      readAway(chunks);
      break;
    }
  }
  if (!end.done) await pass(splitter.end());
  if (!to.meter.isWhole({ saidDone: end.done })) throw new ProviderFailure("The model's answer broke off.");
  return end;
}

export interface StreamTarget {
  readonly meter: AnswerMeter;
  readonly showsUsage: boolean;
  /** Takes events; resolves when there is room for more. */
  readonly pass: (events: readonly PassedEvent[]) => Promise<void>;
}

export interface StreamEnd {
  /** The provider said that this is all. */
  done: boolean;
  /** What the answer's chunks say of themselves, for the one that we add. */
  first: Readonly<Record<string, unknown>>;
}

/**
 * Nothing after its end belongs to an answer; reading it lets the connection be used again, and nobody waits for it.
 */
function readAway(chunks: AsyncIterator<unknown>): void {
  const rest = async (): Promise<void> => {
    while ((await chunks.next()).done !== true);
  };
  rest().catch(() => undefined);
}

function split(push: () => SseEvent[]): SseEvent[] {
  try {
    return push();
  } catch {
    throw new ProviderFailure("The model's answer has an event that is too large.");
  }
}

/** What the client gets for an event: mostly the event's own bytes. */
function passedEvent(event: SseEvent, to: StreamTarget, end: StreamEnd): PassedEvent | null {
  const { bytes, data } = event;
  if (data === null) return { bytes, isData: false };
  if (end.done) return null;
  if (data.trim() === '[DONE]') {
    end.done = true;
    return null;
  }
  const chunk = parseChunk(data);
  if (chunk['error'] !== undefined && chunk['error'] !== null) {
    throw new ProviderFailure("The model's provider failed on the way.", { error: chunk['error'] });
  }
  to.meter.observe(chunk);
  if (end.first['id'] === undefined) {
    const { id, created, model } = chunk;
    end.first = { id, created, model };
  }
  if (to.showsUsage || !('usage' in chunk)) return { bytes, isData: true };
  const { choices, usage } = chunk;
  const isUsageAlone = isRecord(usage) && Array.isArray(choices) && choices.length === 0;
  return isUsageAlone ? null : { bytes: withoutUsage(data), isData: true };
}

function withoutUsage(data: string): Buffer {
  const lines = new JsonText(data).with({ usage: undefined }).replaceAll('\n', '\ndata: ');
  return Buffer.from(`data: ${lines}\n\n`);
}

function parseChunk(data: string): Readonly<Record<string, unknown>> {
  let chunk: unknown;
  try {
    chunk = JSON.parse(data);
  } catch {
    chunk = null;
  }
  if (!isRecord(chunk)) throw new ProviderFailure("The model's answer is not what it should be.");
  return chunk;
}

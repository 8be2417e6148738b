import type { UpstreamAnswer } from '../models/upstream.ts';
import type { AnswerMeter } from './answerMeter.ts';
import { isRecord } from './isRecord.ts';
import { ProviderFailure, readWhole } from './providerFailure.ts';

/**
 * Reads an answer that is no stream, and gives it back as it came. Throws a ProviderFailure for one that is broken, or
 * an error in spite of its status.
 */
export async function relayWhole(answer: UpstreamAnswer, meter: AnswerMeter): Promise<Buffer> {
  const bytes = await readWhole(answer.body, MAX_ANSWER_BYTES);
  const body = parseBody(bytes.toString('utf8'));
  const { error, choices } = body;
  if (error !== undefined && error !== null) {
    throw new ProviderFailure("The model's provider failed.", { status: answer.status, error });
  }
  if (!Array.isArray(choices)) throw new ProviderFailure("The model's answer is not what it should be.");
  meter.observe(body);
  if (!meter.isWhole({ saidDone: true })) throw new ProviderFailure("The model's answer is empty or broke off.");
  return bytes;
}

/**
 * The answer's own bytes with one field more at the end; nothing else of it is touched. It has fields already. To be
 * sent as latin1, in which each byte is a character, whatever it is; the field's own text is ASCII.
 */
export function withField(bytes: Buffer, name: string, value: unknown): string {
  const text = bytes.toString('latin1');
  const end = text.lastIndexOf('}');
  return `${text.slice(0, end)},${JSON.stringify(name)}:${JSON.stringify(value)}${text.slice(end)}`;
}

/** With images in it, an answer has some megabytes. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

function parseBody(text: string): Readonly<Record<string, unknown>> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = null;
  }
  if (!isRecord(body)) throw new ProviderFailure("The model's answer is not what it should be.");
  return body;
}

import * as z from 'zod/mini';
import type { UpstreamAnswer } from '../models/upstream.ts';
import type { AnswerMeter } from './answerMeter.ts';
import { ProviderFailure, readWhole } from './providerFailure.ts';

/**
 * Reads an answer that is no stream. Throws a ProviderFailure for one that is broken, or an error in spite of its
 * status.
 */
export async function relayWhole(answer: UpstreamAnswer, meter: AnswerMeter): Promise<string> {
  const text = (await readWhole(answer.body, MAX_ANSWER_BYTES)).toString('utf8').trim();
  const body = parseBody(text);
  const { error, choices } = body;
  if (error !== undefined && error !== null && choices === undefined) {
    throw new ProviderFailure("The model's provider failed.", { status: answer.status, error });
  }
  if (!Array.isArray(choices)) throw new ProviderFailure("The model's answer is not what it should be.");
  meter.observe(body);
  if (meter.isEmpty && !meter.finished) throw new ProviderFailure("The model's answer is empty.");
  return text;
}

/** The answer's own text with one field more; nothing else of it is touched. */
export function withField(text: string, name: string, value: unknown): string {
  const end = text.lastIndexOf('}');
  const isEmpty = /^\{\s*$/.test(text.slice(0, end));
  return `${text.slice(0, end)}${isEmpty ? '' : ','}${JSON.stringify(name)}:${JSON.stringify(value)}}`;
}

/** With images in it, an answer has some megabytes. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

function parseBody(text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new ProviderFailure("The model's answer is not what it should be.");
  }
}

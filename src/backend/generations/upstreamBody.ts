import { outputLimitFields, type OutputLimitField } from '../models/upstream.ts';
import type { CompletionRequest } from './readCompletionRequest.ts';
import { isRecord } from './isRecord.ts';

/**
 * The client's body with our output limit, and with usage asked for, both parsed and as it is to be sent: what we do
 * not set stays as the client wrote it, to the character. `field` is the service's own name of the limit.
 */
export function upstreamBody(
  { body, text, stream }: CompletionRequest,
  outputLimit: number,
  field: OutputLimitField | undefined,
): { body: Record<string, unknown>; text: string } {
  const given = outputLimitFields.filter((name) => typeof body[name] === 'number');
  const usual = given.length === 0 ? USUAL_FIELDS : given;
  const wanted = field === undefined ? usual : [field];
  const changes: Record<string, unknown> = {};
  for (const name of outputLimitFields) {
    if (wanted.includes(name)) changes[name] = outputLimit;
    else if (name in body) changes[name] = undefined;
  }
  if (stream) {
    const asked = isRecord(body['stream_options']) ? body['stream_options'] : {};
    changes['stream_options'] = { ...asked, include_usage: true };
  }
  return { body: { ...body, ...changes }, text: text.with(changes) };
}

/** What every service but OpenAI's newest models knows. */
const USUAL_FIELDS: readonly OutputLimitField[] = ['max_tokens'];

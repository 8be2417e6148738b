import { outputLimitFields, type OutputLimitField } from '../models/upstream.ts';
import type { CompletionRequest } from './readCompletionRequest.ts';
import { isRecord } from './isRecord.ts';
import { jsonText } from './jsonText.ts';

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
  const wanted = field === undefined ? given : [field];
  const limits = Object.fromEntries((wanted.length === 0 ? USUAL_FIELDS : wanted).map((name) => [name, outputLimit]));
  const unwanted = outputLimitFields.filter((name) => name in body && !(name in limits));
  const asked = isRecord(body['stream_options']) ? body['stream_options'] : {};
  const changes: Record<string, unknown> = {
    ...Object.fromEntries(unwanted.map((name) => [name, undefined])),
    ...limits,
    ...(stream ? { stream_options: { ...asked, include_usage: true } } : {}),
  };
  return { body: { ...body, ...changes }, text: jsonText.withMembers(text, changes) };
}

/** What every service but OpenAI's newest models knows. */
const USUAL_FIELDS: readonly OutputLimitField[] = ['max_tokens'];

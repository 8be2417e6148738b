import { headers as names } from '../../protocol/api.ts';
import type { UpstreamAnswer } from '../models/upstream.ts';

/** The headers of an answer: the provider's own, but for those of its connection, and ours. */
export function answerHeaders(
  answer: UpstreamAnswer,
  ours: { generationId: string; hold: number },
): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined && !notPassed.has(name.toLowerCase())) headers[name] = value;
  }
  headers[names.generation] = ours.generationId;
  headers[names.hold] = String(ours.hold);
  return headers;
}

/** What belongs to one connection (RFC 9110, 7.6.1), to a body that we add to, or to the provider's own visitors. */
const notPassed = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'content-encoding',
  'content-md5',
  'digest',
  'etag',
  'date',
  'server',
  'set-cookie',
  'alt-svc',
  'strict-transport-security',
  'access-control-allow-origin',
]);

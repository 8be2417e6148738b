import { headers as names } from '../../protocol/api.ts';
import type { UpstreamAnswer } from '../models/upstream.ts';

/** The headers of an answer: the provider's own, but for those of its connection, and ours. */
export function answerHeaders(
  answer: UpstreamAnswer,
  ours: { generationId: string; hold: number },
): Record<string, string | string[]> {
  const passed = Object.entries(answer.headers).filter(([name]) => !notPassed.has(name.toLowerCase()));
  return {
    ...Object.fromEntries(passed.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    [names.generation]: ours.generationId,
    [names.hold]: String(ours.hold),
  };
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

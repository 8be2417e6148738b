import type { IncomingMessage } from 'node:http';
import { HttpRefusal } from './httpRefusal.ts';

/**
 * A request's body as a whole. Rejects with `too_large` if it is over the limit, after reading the rest away: a client
 * that is still sending would not hear the answer. One that goes on for too long is cut off.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  let chunks: Buffer[] = [];
  let length = 0;
  let isWhole = false;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else chunks = [];
    if (length > limit + READ_AWAY_BYTES) reject(tooLarge(limit, { connection: 'close' }));
  });
  request.once('end', () => {
    isWhole = true;
    const [only] = chunks;
    if (length > limit) reject(tooLarge(limit, {}));
    else resolve(only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks));
  });
  const breakOff = (): void => {
    if (!isWhole) reject(new HttpRefusal('invalid_request', 'The body broke off.'));
  };
  request.once('error', breakOff);
  request.once('close', breakOff);
  return promise;
}

/** A message that is too large is a few times too large; whoever sends more than this is not listening. */
const READ_AWAY_BYTES = 64 * 1024 * 1024;

function tooLarge(limit: number, headers: Record<string, string>): HttpRefusal {
  return new HttpRefusal('too_large', `The body is larger than ${limit} bytes.`, { headers });
}

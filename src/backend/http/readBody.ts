import type { IncomingMessage } from 'node:http';
import { HttpRefusal } from './httpRefusal.ts';

/** A request's body as a whole. Rejects with `too_large` as soon as it is known to be over the limit; the rest is read away, so that the client hears it. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const refuse = (): void => {
    request.removeAllListeners('data').resume();
    // What follows of the body means nothing, so the connection can't be used again.
    reject(new HttpRefusal('too_large', `The body is larger than ${limit} bytes.`, { headers: { connection: 'close' } }));
  };
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    refuse();
    return promise;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    chunks.push(chunk);
    if (length > limit) refuse();
  });
  request.once('end', () => {
    resolve(Buffer.concat(chunks));
  });
  request.once('error', reject);
  request.once('close', () => {
    reject(new HttpRefusal('invalid_request', 'The body broke off.'));
  });
  return promise;
}

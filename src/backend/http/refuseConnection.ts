import type { Duplex } from 'node:stream';
import { HttpRefusal } from './httpRefusal.ts';

/**
 * Answers bytes that are no HTTP request (two lengths, a broken header, too many headers) or that take too long, in the
 * same shape as every error, and ends the connection: where the next request would begin is not known.
 */
export function refuseConnection(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const refusal =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? new HttpRefusal('too_large', 'The headers are too large.')
      : new HttpRefusal('invalid_request', 'This is no HTTP request, or it did not come to its end.');
  const body = JSON.stringify(refusal.body);
  const head = [
    `HTTP/1.1 ${refusal.status} Refused`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

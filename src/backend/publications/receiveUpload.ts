import { mkdtemp, open, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HttpRefusal } from '../http/httpRefusal.ts';

/**
 * Writes a request's body to a file of its own as it comes, so that memory doesn't grow with it. Throws `too_large`
 * over the limit, after reading some of the rest away: a client that is still sending would not hear the answer.
 */
export async function receiveUpload(request: IncomingMessage, limit: number): Promise<Upload> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tokenfare-upload-'));
  const upload = { file: path.join(folder, 'app.zip'), remove: () => rm(folder, { recursive: true, force: true }) };
  try {
    await write(request, upload.file, limit);
    return upload;
  } catch (error) {
    await upload.remove();
    throw error;
  }
}

export interface Upload {
  readonly file: string;
  remove(): Promise<void>;
}

async function write(request: IncomingMessage, file: string, limit: number): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  let length = 0;
  try {
    for await (const chunk of bodyOf(request)) {
      length += chunk.length;
      if (length <= limit) await handle.write(chunk);
      else if (length > limit + READ_AWAY_BYTES) break;
    }
  } finally {
    await handle.close();
  }
  if (length > limit) {
    const message = `The archive is larger than ${limit} bytes. Nothing was published.`;
    throw new HttpRefusal('too_large', message, { headers: { connection: 'close' } });
  }
}

async function* bodyOf(request: IncomingMessage): AsyncGenerator<Buffer> {
  const chunks: AsyncIterator<Buffer> = request[Symbol.asyncIterator]();
  for (;;) {
    const next = await chunks.next().catch(() => {
      throw new HttpRefusal('invalid_request', 'The body broke off. Nothing was published.');
    });
    if (next.done === true) return;
    yield next.value;
  }
}

/** An archive that is too large is a little too large; whoever sends more than this is not listening. */
const READ_AWAY_BYTES = 64 * 1024 * 1024;

import type { FileSystem } from './nodeFileSystem.ts';

/** Read at once at most: what a large file costs in memory. */
const CHUNK_BYTES = 1_048_576;

/** What every chunk is read into, by all readers in turn: buffers of their own pile up until the next collection. */
const chunkBuffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);

/**
 * A file's bytes in order. A chunk stands only until `take` returns: the same buffer is used for all of them, so that
 * memory does not grow with the file; between two chunks the editor's process gets its turn.
 */
export async function readChunks(fs: FileSystem, path: string, take: (chunk: Uint8Array) => void): Promise<void> {
  const fd = fs.open(path, 'r');
  try {
    for (let position = 0; ;) {
      const read = fs.read(fd, chunkBuffer, position);
      if (read > 0) take(chunkBuffer.subarray(0, read));
      if (read < chunkBuffer.length) return;
      position += read;
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    fs.close(fd);
  }
}

/** A whole file, for those that are known to be small. */
export async function readWhole(fs: FileSystem, path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await readChunks(fs, path, (chunk) => chunks.push(Buffer.from(chunk)));
  const [first, ...more] = chunks;
  return first !== undefined && more.length === 0 ? first : Buffer.concat(chunks);
}

/** Writes all of a chunk, however little the system takes at a time. */
export function writeAll(fs: FileSystem, fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += fs.write(fd, bytes.subarray(at));
}

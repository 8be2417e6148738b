import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Writes what streams in beside its place first, so that what stood there stays whole if it breaks off. */
export async function writeWhole(file: string, content: Readable): Promise<void> {
  const unfinished = `${file}.part`;
  try {
    await pipeline(content, createWriteStream(unfinished));
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

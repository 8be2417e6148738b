import path from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { CollectedFile } from './collectFiles.ts';

/** A zip of a folder's files, and of texts that stand beside them, as it is made: memory doesn't grow with it. */
export function zipFiles(
  folder: string,
  files: readonly CollectedFile[],
  texts: Readonly<Record<string, string>> = {},
): Readable {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(texts)) zip.addBuffer(Buffer.from(text), name, { mode: PLAIN_FILE });
  for (const file of files) {
    zip.addFile(path.join(folder, file.path), file.path, {
      mode: file.executable ? PROGRAM : PLAIN_FILE,
      compress: file.size > SMALL_BYTES && !PACKED.test(file.path),
    });
  }
  const output = new PassThrough();
  zip.on('error', (error: Error) => output.destroy(error));
  zip.outputStream.pipe(output);
  zip.end();
  return output;
}

const PLAIN_FILE = 0o100_644;
const PROGRAM = 0o100_755;
/** Packing a file of less costs more than it saves. */
const SMALL_BYTES = 1_000;
/** What is packed already. */
const PACKED = /\.(png|jpe?g|gif|webp|avif|woff2?|mp[34]|webm|zip|gz|br)$/i;

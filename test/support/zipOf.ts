import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** A zip of files by their paths; a mode makes a special file of one. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>, mode?: number): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files)) {
    zip.addBuffer(Buffer.from(content), path, {
      mtime: new Date(0),
      compress: content.length > 1_000,
      ...(mode === undefined ? {} : { mode }),
    });
  }
  zip.end();
  return buffer(zip.outputStream);
}

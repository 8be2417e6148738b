import { open, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { fromFdPromise, type Entry, type ZipFile } from 'yauzl';
import { archivePath } from '../../core/publishing/archivePath.ts';
import { findSecret, searchedText } from '../../core/publishing/findSecret.ts';
import { LARGEST_FILE_BYTES } from '../../core/publishing/publishingLimits.ts';
import { HttpRefusal } from '../http/httpRefusal.ts';

/**
 * The files of a zip, one after the other. What each unpacks to is bounded by what it says of itself before any of it
 * is unpacked, and by the limits. Throws an HttpRefusal that names the entry for whatever may not be published: a path
 * that leads out, a link, a file of secrets.
 */
export async function* readArchive(file: string, limits: ArchiveLimits): AsyncGenerator<ArchiveFile> {
  const handle = await open(file);
  try {
    const zip = await reading(fromFdPromise(handle.fd, { autoClose: false }));
    for (const [path, entry] of await entriesOf(zip, limits)) {
      yield { path, bytes: checked(path, await reading(unpack(zip, handle, entry))) };
    }
  } finally {
    await handle.close();
  }
}

export interface ArchiveFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface ArchiveLimits {
  readonly files: number;
  /** Of all files together, unpacked. */
  readonly bytes: number;
}

/** All entries by their paths, checked before the first of them is unpacked. */
async function entriesOf(zip: ZipFile, limits: ArchiveLimits): Promise<Map<string, Entry>> {
  const found = new Map<string, Entry>();
  let bytes = 0;
  const entries = zip.eachEntry();
  for (;;) {
    const next = await reading(entries.next());
    if (next.done === true) return found;
    const entry = next.value;
    if (entry.fileName.endsWith('/')) continue;
    const path = pathOf(entry);
    if (found.has(path)) throw refused(path, 'is in the archive twice');
    found.set(path, entry);
    bytes += entry.uncompressedSize;
    if (found.size > limits.files) throw tooLarge(`The app has more than ${limits.files} files.`);
    if (bytes > limits.bytes) throw tooLarge(`The app is larger than ${limits.bytes} bytes.`);
    if (entry.uncompressedSize > LARGEST_FILE_BYTES) throw tooLarge(`${path} is larger than a file may be.`);
  }
}

function pathOf(entry: Entry): string {
  const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
  if (type !== 0 && type !== REGULAR_FILE) throw refused(entry.fileName, 'is a link or another special file');
  const found = archivePath(entry.fileName);
  if (found.kind === 'file') return found.path;
  throw refused(entry.fileName, found.reason === 'private' ? 'is never published' : 'has a path that is not allowed');
}

/** The upper half of the attributes is a Unix mode: these bits of it tell a file from a link. */
const FILE_TYPE = 0o170_000;
const REGULAR_FILE = 0o100_000;

/** An entry's bytes, of exactly the size and with the sum that its archive promised. A stream for each is too dear. */
async function unpack(zip: ZipFile, file: FileHandle, entry: Entry): Promise<Buffer> {
  const { compressedSize, compressionMethod: method, uncompressedSize: size } = entry;
  if (entry.isEncrypted() || (method !== STORED && method !== DEFLATED))
    throw new Error('an entry is not plain deflate');
  if (compressedSize > LARGEST_FILE_BYTES) throw new Error('an entry is larger packed than as it is');
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const packed = Buffer.alloc(compressedSize);
  await file.read(packed, 0, compressedSize, fileDataStart);
  // One byte more than promised is enough to know that the promise was none.
  const bytes = method === STORED ? packed : await inflate(packed, { maxOutputLength: size + 1 });
  if (bytes.length !== size || crc32(bytes) !== entry.crc32) throw new Error('an entry is not what it says it is');
  return bytes;
}

const inflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);
/** The methods of the ZIP format that everybody writes. */
const [STORED, DEFLATED] = [0, 8];

function checked(path: string, bytes: Buffer): Buffer {
  const secret = findSecret(path, searchedText(bytes));
  if (secret === null) return bytes;
  throw refused(path, secret.kind === 'name' ? 'looks like a file of secrets' : `has a secret in line ${secret.line}`);
}

/** What the zip's reader says of a broken archive is said to whoever sent it. */
async function reading<T>(step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new HttpRefusal('invalid_request', `The archive can't be read: ${why}.`, { param: 'body' });
  }
}

function refused(path: string, why: string): HttpRefusal {
  const shown = path.slice(0, SHOWN_PATH);
  return new HttpRefusal('invalid_request', `${shown} ${why}. Nothing was published.`, { param: shown });
}

/** A path may be as long as the whole message. */
const SHOWN_PATH = 200;

function tooLarge(message: string): HttpRefusal {
  return new HttpRefusal('too_large', `${message} Nothing was published.`);
}

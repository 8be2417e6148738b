import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { FileEntry } from '../../../core/checkpoint.ts';
import { CheckpointError, checkpointErrorOf } from './checkpointError.ts';
import type { FileSystem } from './nodeFileSystem.ts';
import type { PendingSyncs } from './pendingSyncs.ts';
import { readChunks, readWhole, writeAll } from './readChunks.ts';

/** A content by its SHA-256 in hex and its size in bytes. */
export type Content = Pick<FileEntry, 'hash' | 'size'>;

/** Smaller contents fill one block of the disk either way. */
const COMPRESS_FROM_BYTES = 4_096;

/** Larger contents are streamed; so are they on their way back. */
export const STREAM_FROM_BYTES = 1_048_576;

/**
 * Contents by their SHA-256, each stored once and durable once the pending syncs have finished. A content's size says
 * how it is stored: as it is, or deflated (`.z`). It is checked whenever it is read, so that a damaged one is named
 * instead of restored.
 */
export class Blobs {
  readonly #fs: FileSystem;
  readonly folder: string;
  readonly #temporary: string;
  readonly #syncs: PendingSyncs;
  #folderWaits = false;
  #count = 0;

  constructor(fs: FileSystem, syncs: PendingSyncs, dir: string) {
    this.#fs = fs;
    this.#syncs = syncs;
    this.folder = join(dir, 'blobs');
    this.#temporary = join(dir, 'tmp');
  }

  async putBytes(bytes: Uint8Array): Promise<Content> {
    const content = contentOf(bytes);
    if (bytes.length > STREAM_FROM_BYTES ? this.#standsWhole(content) : await this.isSound(content)) return content;
    await this.#store(content, (fd) => {
      writeAll(
        this.#fs,
        fd,
        isDeflated(content) ? deflateRawSync(bytes, { level: 1, chunkSize: content.size }) : bytes,
      );
    });
    return content;
  }

  /** Stores a file's bytes while reading it once. */
  async putFile(path: string, size: number): Promise<Content> {
    if (size <= STREAM_FROM_BYTES) return this.putBytes(await readWhole(this.#fs, path));
    const [name, hash] = [this.#temporaryName(), createHash('sha256')];
    let length = 0;
    const fd = await this.#writeTemporary(name, (open) =>
      readChunks(this.#fs, path, (chunk) => {
        hash.update(chunk);
        length += chunk.length;
        writeAll(this.#fs, open, chunk);
      }),
    );
    const content = { hash: hash.digest('hex'), size: length };
    await this.#syncs.add(fd);
    await this.#syncs.finish();
    this.#place(name, content);
    return content;
  }

  /** Has the names of what was stored since the last call made durable with the pending syncs. */
  async flush(): Promise<void> {
    if (this.#folderWaits) await this.#syncs.addFolder(this.folder);
    this.#folderWaits = false;
  }

  /** Hands over a content in chunks; `damaged` if it is missing or not what it was. */
  async stream(content: Content, take: (chunk: Uint8Array) => void): Promise<void> {
    if (content.size <= STREAM_FROM_BYTES) {
      take(await this.load(content));
      return;
    }
    const hash = createHash('sha256');
    try {
      await readChunks(this.#fs, this.#pathOf(content), (chunk) => {
        hash.update(chunk);
        take(chunk);
      });
    } catch (error) {
      throw damageOr(error, content);
    }
    if (hash.digest('hex') !== content.hash) throw damaged(content);
  }

  /** A content as a whole; `damaged` if it is missing or not what it was. */
  async load(content: Content): Promise<Buffer> {
    try {
      const stored = await readWhole(this.#fs, this.#pathOf(content));
      const bytes = isDeflated(content) ? inflated(stored, content) : stored;
      if (contentOf(bytes).hash === content.hash) return bytes;
    } catch (error) {
      throw damageOr(error, content);
    }
    throw damaged(content);
  }

  /** Whether a content was stored; it may be damaged all the same. */
  has(content: Content): boolean {
    return this.#fs.lstat(this.#pathOf(content)) !== undefined;
  }

  async isSound(content: Content): Promise<boolean> {
    if (!this.has(content)) return false;
    try {
      await this.stream(content, () => undefined);
      return true;
    } catch (error) {
      if (error instanceof CheckpointError && error.kind === 'damaged') return false;
      throw error;
    }
  }

  /** A folder of the store for what is not finished; it is there once it was asked for. */
  temporaryFolder(): string {
    this.#fs.makeFolders(this.folder);
    this.#fs.makeFolders(this.#temporary);
    return this.#temporary;
  }

  /** What a crash left half written. Only for who holds the store's lock. */
  sweep(): void {
    if (this.#fs.lstat(this.#temporary) === undefined) return;
    for (const name of this.#fs.names(this.#temporary)) this.#fs.remove(join(this.#temporary, name));
  }

  /** Every stored content's name and its size on the disk. */
  list(): { name: string; hash: string; bytes: number }[] {
    if (this.#fs.lstat(this.folder) === undefined) return [];
    return this.#fs.names(this.folder).map((name) => ({
      name,
      hash: name.replace(/\.z$/, ''),
      bytes: Number(this.#fs.lstat(join(this.folder, name))?.size ?? 0),
    }));
  }

  /** Removes every content but these. Only for who holds the store's lock. */
  keepOnly(hashes: ReadonlySet<string>): void {
    for (const { name, hash } of this.list()) if (!hashes.has(hash)) this.#fs.remove(join(this.folder, name));
  }

  /** A small content may stand before it is durable: it is checked when it is met again. */
  async #store(content: Content, write: (fd: number) => void): Promise<void> {
    const name = this.#temporaryName();
    const fd = await this.#writeTemporary(name, write);
    await this.#syncs.add(fd);
    if (content.size > STREAM_FROM_BYTES) await this.#syncs.finish();
    this.#place(name, content);
  }

  #place(name: string, content: Content): void {
    this.#fs.rename(name, this.#pathOf(content));
    this.#folderWaits = true;
  }

  async #writeTemporary(name: string, write: (fd: number) => void | Promise<void>): Promise<number> {
    try {
      const fd = this.#fs.open(name, 'wx', 0o600);
      try {
        await write(fd);
        return fd;
      } catch (error) {
        this.#fs.close(fd);
        throw error;
      }
    } catch (error) {
      if (this.#fs.lstat(name) !== undefined) this.#fs.remove(name);
      throw checkpointErrorOf(error, name);
    }
  }

  #temporaryName(): string {
    this.#count += 1;
    return join(this.temporaryFolder(), `${String(process.pid)}-${String(this.#count)}`);
  }

  #standsWhole(content: Content): boolean {
    return Number(this.#fs.lstat(this.#pathOf(content))?.size ?? -1) === content.size;
  }

  #pathOf(content: Content): string {
    return join(this.folder, isDeflated(content) ? `${content.hash}.z` : content.hash);
  }
}

/** Bytes as a content. */
export function contentOf(bytes: Uint8Array): Content {
  return { hash: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
}

/** Into one piece of just its size. */
function inflated(stored: Uint8Array, { size }: Content): Buffer {
  return inflateRawSync(stored, { maxOutputLength: size, chunkSize: size });
}

function isDeflated({ size }: Content): boolean {
  return size >= COMPRESS_FROM_BYTES && size <= STREAM_FROM_BYTES;
}

function damaged({ hash }: Content, cause?: unknown): CheckpointError {
  return new CheckpointError('damaged', { blob: hash }, cause);
}

/**
 * Damage shows as a file that is missing, that is none, that the disk can't read any more, or whose bytes can't be
 * inflated; anything else is the file system's own trouble.
 */
function damageOr(error: unknown, content: Content): CheckpointError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isDamage =
    ['ENOENT', 'EISDIR', 'EIO'].includes(code) || code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE';
  return isDamage ? damaged(content, error) : checkpointErrorOf(error, content.hash);
}

import { join } from 'node:path';
import { CheckpointError, checkpointErrorOf } from './checkpointError.ts';
import { CHECKSUM_LENGTH, FORMAT_VERSION, formatLine, parseLine } from './journalLine.ts';
import type { JournalLine } from './journalLine.ts';
import type { FileSystem } from './nodeFileSystem.ts';
import type { PendingSyncs } from './pendingSyncs.ts';
import { writeAll } from './readChunks.ts';

/**
 * What stands in the journal at one line, counted from 1; `id` is the generation that a damaged line seems to speak of.
 */
export type JournalRecord =
  { number: number; line: JournalLine } | { number: number; damaged: true; id: string | null };

/** What was read, and whether it is another journal than the one that was read before: then it is all of it. */
export interface JournalNews {
  readonly isAnother: boolean;
  readonly records: readonly JournalRecord[];
}

/** Whose journal this is; ids are for telling its editions apart. */
export interface JournalPlace {
  readonly dir: string;
  readonly root: string;
  readonly newId: () => string;
}

/** Enough for the last operation of almost every journal, and read in well under a millisecond. */
const TAIL_BYTES = 65_536;

const NEW_LINE = 0x0a;

/**
 * The store's history as lines that are only ever appended, each with a checksum, until the first ones are needed no
 * more and the rest is written anew. Whoever writes holds the store's lock. A last line without its end was cut off by
 * a crash: it is not read, and is cut away before the next is written. A line that is damaged is skipped and named.
 */
export class Journal {
  readonly #fs: FileSystem;
  readonly #syncs: PendingSyncs;
  readonly #place: JournalPlace;
  readonly #path: string;
  #readTo = 0;
  #lines = 0;
  /** The checksum of the first line, which names the edition. */
  #edition = '';

  constructor(fs: FileSystem, syncs: PendingSyncs, place: JournalPlace) {
    this.#fs = fs;
    this.#syncs = syncs;
    this.#place = place;
    this.#path = join(place.dir, 'journal.jsonl');
  }

  /** Whether the last operation may have been cut off: read from the journal's end alone, however long it is. */
  mayBeUnfinished(): boolean {
    const bytes = this.#bytes(TAIL_BYTES);
    this.#refuseNewer();
    const lines = bytes.toString('utf8').split('\n');
    const last = lines.at(-2);
    if (last === undefined) return bytes.length === TAIL_BYTES;
    const parsed = parseLine(last);
    return 'line' in parsed ? parsed.line.type === 'plan' : bytes.length > 0;
  }

  /** The lines since the last call, or all of them if the journal was written anew. */
  readNew(): JournalNews {
    const edition = this.#bytes(0, CHECKSUM_LENGTH).toString('latin1');
    const isAnother = edition !== this.#edition;
    if (isAnother) [this.#edition, this.#readTo, this.#lines] = [edition, 0, 0];
    return { isAnother, records: this.#readOn() };
  }

  #readOn(): JournalRecord[] {
    const bytes = this.#from(this.#readTo);
    const end = bytes.lastIndexOf(NEW_LINE) + 1;
    this.#readTo += end;
    const texts = bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
    return texts.map((text) => {
      this.#lines += 1;
      const parsed = parseLine(text);
      if ('newer' in parsed) throw new CheckpointError('newerFormat', { version: parsed.newer });
      return 'line' in parsed
        ? { number: this.#lines, line: parsed.line }
        : { number: this.#lines, damaged: true, id: parsed.damaged };
    });
  }

  /** Its size on the disk. */
  bytes(): number {
    return Number(this.#fs.lstat(this.#path)?.size ?? 0);
  }

  /** Appends a line as one write, durable with the pending syncs. An error leaves the journal as it was. */
  async append(line: JournalLine): Promise<void> {
    const isNew = this.#readTo === 0;
    const bytes = Buffer.from((isNew ? this.#header() : '') + formatLine(line), 'utf8');
    try {
      const fd = this.#fs.open(this.#path, 'a', 0o600);
      this.#appendTo(fd, bytes);
      await this.#syncs.add(fd);
      if (isNew) await this.#syncs.addFolder(this.#place.dir);
    } catch (error) {
      throw checkpointErrorOf(error, this.#path);
    }
  }

  /**
   * Lets go of all lines before one, counted from 1: the others are written into a new file, which takes the place of
   * the old one once it is on the disk.
   */
  async keepFrom(line: number): Promise<void> {
    const bytes = this.#from(0).subarray(0, this.#readTo);
    let start = 0;
    for (let before = 1; before < line && start < bytes.length; before += 1) start = bytes.indexOf(NEW_LINE, start) + 1;
    const folder = join(this.#place.dir, 'tmp');
    this.#fs.makeFolders(folder);
    const fresh = join(folder, 'journal');
    const fd = this.#fs.open(fresh, 'w', 0o600);
    await this.#syncs.add(fd);
    writeAll(this.#fs, fd, Buffer.concat([Buffer.from(this.#header(), 'utf8'), bytes.subarray(start)]));
    await this.#syncs.finish();
    this.#fs.rename(fresh, this.#path);
    await this.#syncs.addFolder(this.#place.dir);
    await this.#syncs.finish();
  }

  /** Cuts away what was appended since lines were last read: it did not become durable, so it must not count. */
  cut(): void {
    const fd = this.#fs.open(this.#path, 'r+');
    try {
      this.#fs.truncate(fd, this.#readTo);
    } finally {
      this.#fs.close(fd);
    }
  }

  #header(): string {
    const { root, newId } = this.#place;
    return formatLine({ type: 'store', formatVersion: FORMAT_VERSION, edition: newId(), root });
  }

  #appendTo(fd: number, bytes: Buffer): void {
    const size = this.#fs.size(fd);
    if (size > this.#readTo) this.#fs.truncate(fd, this.#readTo);
    try {
      writeAll(this.#fs, fd, bytes);
    } catch (error) {
      this.#fs.truncate(fd, this.#readTo);
      this.#fs.close(fd);
      throw error;
    }
  }

  #refuseNewer(): void {
    const first = this.#bytes(0, 512).toString('utf8').split('\n')[0];
    const parsed = first === undefined || first === '' ? undefined : parseLine(first);
    if (parsed !== undefined && 'newer' in parsed) {
      throw new CheckpointError('newerFormat', { path: this.#path, version: parsed.newer });
    }
  }

  /** The file's last bytes, or with `first` its first. */
  #bytes(last: number, first?: number): Buffer {
    const fd = this.#openToRead();
    if (fd === undefined) return Buffer.alloc(0);
    try {
      const size = this.#fs.size(fd);
      const buffer = Buffer.alloc(Math.min(first ?? last, size));
      const read = this.#fs.read(fd, buffer, first === undefined ? size - buffer.length : 0);
      return buffer.subarray(0, read);
    } finally {
      this.#fs.close(fd);
    }
  }

  #from(position: number): Buffer {
    const fd = this.#openToRead();
    if (fd === undefined) return Buffer.alloc(0);
    try {
      const buffer = Buffer.alloc(Math.max(0, this.#fs.size(fd) - position));
      return buffer.length === 0 ? buffer : buffer.subarray(0, this.#fs.read(fd, buffer, position));
    } finally {
      this.#fs.close(fd);
    }
  }

  #openToRead(): number | undefined {
    return this.#fs.lstat(this.#path) === undefined ? undefined : this.#fs.open(this.#path, 'r');
  }
}

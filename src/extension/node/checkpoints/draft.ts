import type { BigIntStats } from 'node:fs';
import { foldersAbove, sameEntry, type Entry } from '../../../core/checkpoint.ts';
import type { Blobs } from './blobs.ts';
import { contentOf, STREAM_FROM_BYTES } from './blobs.ts';
import { CheckpointError, checkpointErrorOf } from './checkpointError.ts';
import { MODE_BITS, observe, stampAt, type Observed } from './observe.ts';
import type { FileSystem } from './nodeFileSystem.ts';
import { readWhole } from './readChunks.ts';
import { MAX_TEXT_BYTES, textFileOf, type TextFile } from './textFile.ts';
import type { WorkspacePaths } from './workspacePaths.ts';

/** What a draft would change at one path. */
export interface DraftStep {
  readonly path: string;
  readonly from: Observed;
  readonly to: Entry;
  readonly origin: string | undefined;
}

/** Where files went: from and to. */
export type Moves = ReadonlyMap<string, string>;

/** Folders are searched no deeper than this below a path. Deeper trees are loops or attacks. */
const MAX_DEPTH = 200;

/**
 * The workspace as it would be: reads through to the disk, keeps what is set in memory, and gives the steps that lead
 * there. Nothing is written. One draft serves one operation.
 */
export class Draft {
  readonly #fs: FileSystem;
  readonly #paths: WorkspacePaths;
  readonly #blobs: Blobs;
  readonly #present = new Map<string, Observed>();
  readonly #set = new Map<string, Entry>();
  readonly #contents = new Map<string, Uint8Array>();
  readonly #kept = new Set<string>();
  readonly #moves: Moves[] = [];

  constructor(fs: FileSystem, paths: WorkspacePaths, blobs: Blobs) {
    this.#fs = fs;
    this.#paths = paths;
    this.#blobs = blobs;
  }

  /** What stands at the path on the disk. */
  async present(path: string): Promise<Observed> {
    const known = this.#present.get(path);
    if (known !== undefined) return known;
    const observed = await this.#observe(path);
    this.#present.set(path, observed);
    return observed;
  }

  /** Stores a large file while it is looked at, so that it is read once and not twice. */
  async keepLarge(path: string): Promise<void> {
    if (this.#present.has(path)) return;
    const absolute = this.#paths.absolute(path);
    const stats = this.#lstat(path);
    if (stats?.isFile() !== true || stats.size <= STREAM_FROM_BYTES) return;
    const stamp = stampAt(this.#fs, absolute);
    const content = await this.#blobs.putFile(absolute, Number(stats.size));
    if (stamp === null || stampAt(this.#fs, absolute) !== stamp) return;
    const entry: Entry = { kind: 'file', ...content, mode: Number(stats.mode) & MODE_BITS };
    this.#present.set(path, { entry, stamp });
    this.#kept.add(content.hash);
  }

  /** Whether a file is known by further names on the disk: what is put in its place takes this one name alone. */
  hasOtherNames(path: string): boolean {
    const stats = this.#lstat(path);
    return stats?.isFile() === true && stats.nlink > 1n;
  }

  /** Whether a content was stored by this draft already. */
  isKept(hash: string): boolean {
    return this.#kept.has(hash);
  }

  async get(path: string): Promise<Entry> {
    return this.#set.get(path) ?? (await this.present(path)).entry;
  }

  async set(path: string, entry: Entry): Promise<void> {
    await this.present(path);
    this.#set.set(path, entry);
  }

  /** Takes the bytes of a content that is to be written. */
  give(bytes: Uint8Array, mode: number): Entry {
    const content = contentOf(bytes);
    this.#contents.set(content.hash, bytes);
    return { kind: 'file', ...content, mode };
  }

  given(hash: string): Uint8Array | undefined {
    return this.#contents.get(hash);
  }

  /** Says that files were moved, all at the same time: from where to where. */
  move(moves: Moves): void {
    if (moves.size > 0) this.#moves.push(moves);
  }

  get moves(): readonly Moves[] {
    return this.#moves;
  }

  /** The names in a folder as they would be. */
  async names(folder: string): Promise<string[]> {
    const onDisk =
      (await this.present(folder)).entry.kind === 'folder' ? this.#fs.names(this.#paths.absolute(folder)) : [];
    const drafted = [...this.#set.keys()]
      .filter((path) => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/'))
      .map((path) => path.slice(folder.length + 1));
    const names = [...new Set([...onDisk, ...drafted])].sort();
    const kept = await Promise.all(names.map(async (name) => (await this.#stands(`${folder}/${name}`)) && name));
    return kept.filter((name) => name !== false);
  }

  /** Everything below a folder, parents first. */
  async below(folder: string, depth = 0): Promise<string[]> {
    if (depth > MAX_DEPTH) throw new CheckpointError('failed', { path: folder, code: 'too_deep' });
    const paths: string[] = [];
    for (const name of await this.names(folder)) {
      const path = `${folder}/${name}`;
      paths.push(path);
      if ((await this.get(path)).kind === 'folder') paths.push(...(await this.below(path, depth + 1)));
    }
    return paths;
  }

  /** Makes folders of everything above a path. False if something else stands there. */
  async makeRoomFor(path: string, modes?: ReadonlyMap<string, number | undefined>): Promise<boolean> {
    const above = foldersAbove(path).reverse();
    for (const folder of above) {
      const entry = await this.get(folder);
      if (entry.kind !== 'absent' && entry.kind !== 'folder') return false;
    }
    for (const folder of above) {
      if ((await this.get(folder)).kind === 'absent')
        await this.set(folder, { kind: 'folder', mode: modes?.get(folder) });
    }
    return true;
  }

  /**
   * A file's content as text: from memory, from the disk as it is now, or from the store. Null if it is binary or not
   * kept.
   */
  async text(path: string, entry: Entry): Promise<TextFile | null> {
    if (entry.kind !== 'file' || entry.size > MAX_TEXT_BYTES) return null;
    return textFileOf(await this.#load(path, entry));
  }

  /** What has to be done, in no order. */
  async steps(): Promise<DraftStep[]> {
    const steps: DraftStep[] = [];
    for (const [path, to] of this.#set) {
      const from = await this.present(path);
      if (!sameEntry(from.entry, to)) steps.push({ path, from, to, origin: this.#originOf(path, to) });
    }
    return steps;
  }

  async #load(path: string, entry: Extract<Entry, { kind: 'file' }>): Promise<Uint8Array> {
    const given = this.#contents.get(entry.hash);
    if (given !== undefined) return given;
    const present = this.#present.get(path)?.entry;
    if (present?.kind !== 'file' || present.hash !== entry.hash) return this.#blobs.load(entry);
    const bytes = await readWhole(this.#fs, this.#paths.absolute(path));
    if (contentOf(bytes).hash !== entry.hash) throw new CheckpointError('changedMeanwhile', { path });
    return bytes;
  }

  #lstat(path: string): BigIntStats | undefined {
    try {
      return this.#fs.lstat(this.#paths.absolute(path));
    } catch (error) {
      throw checkpointErrorOf(error, path);
    }
  }

  async #observe(path: string): Promise<Observed> {
    try {
      return await observe(this.#fs, this.#paths.absolute(path));
    } catch (error) {
      throw checkpointErrorOf(error, path);
    }
  }

  async #stands(path: string): Promise<boolean> {
    const drafted = this.#set.get(path);
    if (drafted !== undefined) return drafted.kind !== 'absent';
    return Promise.resolve(this.#fs.lstat(this.#paths.absolute(path)) !== undefined);
  }

  #originOf(path: string, to: Entry): string | undefined {
    if (to.kind !== 'file' && to.kind !== 'link') return undefined;
    let origin = path;
    for (const moves of this.#moves.toReversed()) {
      origin = [...moves].find(([, to]) => to === origin)?.[0] ?? origin;
    }
    return origin === path ? undefined : origin;
  }
}

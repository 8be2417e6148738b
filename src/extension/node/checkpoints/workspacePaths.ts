import { basename, dirname, join, relative, sep } from 'node:path';
import { resolveWorkspacePath } from '../../../core/changeSet.ts';
import { foldersAbove } from '../../../core/checkpoint.ts';
import { CheckpointError, checkpointErrorOf, codeOf } from './checkpointError.ts';
import type { FileSystem } from './nodeFileSystem.ts';

/** A link that leads to a link that leads to a link: systems give up at 40, too. */
const MAX_LINKS = 40;

/** Relative paths with `/` and the files they mean, links resolved. Nothing outside the folder is ever reached. */
export class WorkspacePaths {
  readonly #fs: FileSystem;
  readonly #dir: string;
  readonly root: string;

  /** `root` and `dir` are real paths. */
  constructor(fs: FileSystem, root: string, dir: string) {
    this.#fs = fs;
    this.root = root;
    this.#dir = dir;
  }

  absolute(path: string): string {
    return join(this.root, ...path.split('/'));
  }

  /**
   * The one name of what a path means, folders' links resolved; a link at its end stays. CheckpointError `outside` or
   * `ownFiles`.
   */
  entry(given: string): string {
    const resolved = resolveWorkspacePath(given);
    if (resolved.kind === 'refusal') throw new CheckpointError('outside', { path: given, code: resolved.reason });
    return this.#naming(given, () => this.#inside(this.#onDisk(this.absolute(resolved.path)), given));
  }

  /** The same, with a link at its end followed: what a write to the path changes. */
  file(given: string): string {
    return this.#naming(given, () => this.#followed(given));
  }

  #followed(given: string): string {
    let path = this.entry(given);
    for (let links = 0; this.#fs.lstat(this.absolute(path))?.isSymbolicLink() === true; links += 1) {
      if (links === MAX_LINKS) throw new CheckpointError('outside', { path: given, code: 'too_many_links' });
      const absolute = this.absolute(path);
      const target = this.#fs.linkTarget(absolute);
      const next = target.startsWith(sep) || /^[a-z]:/i.test(target) ? target : join(dirname(absolute), target);
      path = this.#inside(this.#onDisk(next), given);
    }
    return path;
  }

  /** Whether a stored path still means what it did: none of its folders has become a link. */
  isPlain(path: string): boolean {
    return foldersAbove(path).every((folder) => this.#fs.lstat(this.absolute(folder))?.isSymbolicLink() !== true);
  }

  /** The path with the links of its folders resolved, in the case in which it stands on the disk. */
  #onDisk(absolute: string): string {
    const folder = this.#realFolder(dirname(absolute));
    return join(folder, this.#nameOnDisk(folder, basename(absolute)));
  }

  #realFolder(folder: string): string {
    try {
      return this.#fs.realPath(folder);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw error;
      if (this.#fs.lstat(folder)?.isSymbolicLink() === true) throw new CheckpointError('outside', { path: folder });
      const parent = dirname(folder);
      return parent === folder ? folder : join(this.#realFolder(parent), basename(folder));
    }
  }

  #nameOnDisk(folder: string, name: string): string {
    if (!this.#fs.ignoresCase || this.#fs.lstat(join(folder, name)) === undefined) return name;
    const names = this.#fs.names(folder);
    const folded = name.toLowerCase();
    return names.includes(name) ? name : (names.find((other) => other.toLowerCase() === folded) ?? name);
  }

  #naming(given: string, resolve: () => string): string {
    try {
      return resolve();
    } catch (error) {
      throw checkpointErrorOf(error, given);
    }
  }

  #inside(absolute: string, given: string): string {
    const path = relative(this.root, absolute).split(sep).join('/');
    if (path === '' || path === '..' || path.startsWith('../') || relative(this.root, absolute) === absolute) {
      throw new CheckpointError('outside', { path: given });
    }
    if (absolute === this.#dir || absolute.startsWith(this.#dir + sep)) {
      throw new CheckpointError('ownFiles', { path: given });
    }
    return path;
  }
}

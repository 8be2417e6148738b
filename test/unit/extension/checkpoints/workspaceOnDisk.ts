import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openCheckpointStore, type CheckpointStore } from '../../../../src/extension/node/checkpointStore.ts';
import { nodeFileSystem, type FileSystem } from '../../../../src/extension/node/checkpoints/nodeFileSystem.ts';

/** A folder and a store in a temporary place, and all that stands in the folder, byte for byte. */
export class WorkspaceOnDisk {
  readonly base = fs.realpathSync(fs.mkdtempSync(path.join(fastestFolder(), 'tokenfare-checkpoints-')));
  readonly root = path.join(this.base, 'root');
  readonly dir = path.join(this.base, 'store');
  readonly #stores: CheckpointStore[] = [];

  /** An empty folder, or a copy of another workspace with its store. */
  constructor(template?: WorkspaceOnDisk) {
    if (template === undefined) fs.mkdirSync(this.root);
    else fs.cpSync(template.base, this.base, { recursive: true, verbatimSymlinks: true });
  }

  async open(fileSystem: FileSystem = nodeFileSystem): Promise<CheckpointStore> {
    const store = await openCheckpointStore(this.dir, this.root, { fs: fileSystem });
    this.#stores.push(store);
    return store;
  }

  at(file: string): string {
    return path.join(this.root, file);
  }

  put(file: string, content: string | Uint8Array, mode?: number): void {
    fs.mkdirSync(path.dirname(this.at(file)), { recursive: true });
    fs.writeFileSync(this.at(file), content);
    if (mode !== undefined) fs.chmodSync(this.at(file), mode);
  }

  text(file: string): string {
    return fs.readFileSync(this.at(file), 'utf8');
  }

  journal(): string {
    return fs.readFileSync(path.join(this.dir, 'journal.jsonl'), 'utf8');
  }

  /** Every path below the root with its kind, mode and content. */
  snapshot(): Record<string, string> {
    const found: Record<string, string> = {};
    for (const name of fs.readdirSync(this.root, { recursive: true, encoding: 'utf8' }).sort()) {
      const stats = fs.lstatSync(this.at(name));
      const mode = (stats.mode & 0o7777).toString(8);
      if (stats.isSymbolicLink()) found[name] = `link ${fs.readlinkSync(this.at(name))}`;
      else if (stats.isDirectory()) found[name] = 'folder';
      else found[name] = `file ${mode} ${shown(fs.readFileSync(this.at(name)))}`;
    }
    return found;
  }

  async remove(): Promise<void> {
    for (const store of this.#stores) await store.close();
    fs.rmSync(this.base, { recursive: true, force: true });
  }
}

/** Thousands of small files that wait for the disk: in memory where Linux offers that. */
function fastestFolder(): string {
  return fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir();
}

/** Small contents as they are, large ones by their hash. */
function shown(bytes: Buffer): string {
  return bytes.length < 1000 ? bytes.toString('base64') : createHash('sha256').update(bytes).digest('hex');
}

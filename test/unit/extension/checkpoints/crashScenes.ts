import fs from 'node:fs';
import type { FileChange } from '../../../../src/core/changeSet.ts';
import type { CheckpointStore } from '../../../../src/extension/node/checkpointStore.ts';
import type { WorkspaceOnDisk } from './workspaceOnDisk.ts';

/** What leads up to an operation, and the operation, which takes what the preparation gave. */
export interface CrashScene {
  readonly prepare: (disk: WorkspaceOnDisk, store: CheckpointStore) => Promise<string>;
  readonly operate: (store: CheckpointStore, given: string) => Promise<unknown>;
}

/** Edits, moves, links, modes, folders that come and go, kinds that change places. */
const changes: FileChange[] = [
  { kind: 'write', path: 'a.txt', content: 'one\n2\n' },
  { kind: 'write', path: 'new/deep/file.txt', content: 'new' },
  { kind: 'delete', path: 'gone.txt' },
  { kind: 'rename', path: 'old.txt', to: 'moved/new.txt' },
  { kind: 'mode', path: 'run.sh', mode: 0o755 },
  { kind: 'symlink', path: 'link', target: 'a.txt' },
  { kind: 'rmdir', path: 'folder' },
  { kind: 'write', path: 'folder', content: 'now a file' },
  { kind: 'delete', path: 'file' },
  { kind: 'write', path: 'file/inside', content: 'now a folder' },
];

/** The operations that must be whole or not at all, wherever they are cut off. */
export const crashScenes: Readonly<Record<string, CrashScene>> = {
  apply: {
    prepare: async (disk, store) => {
      fill(disk);
      await store.begin('g', { prompt: '' });
      return '';
    },
    operate: (store) => store.apply('g', changes),
  },
  rollBack: {
    prepare: async (disk, store) => {
      await generate(disk, store);
      disk.put('a.txt', 'one\n2\n\nlater edit\n');
      return '';
    },
    operate: (store) => store.rollBack(['g'], { onConflict: 'old' }),
  },
  redo: {
    prepare: async (disk, store) => {
      await generate(disk, store);
      const { rollbackId } = await store.rollBack(['g'], { onConflict: 'stop' });
      disk.put('gone.txt', 'gone');
      return rollbackId ?? '';
    },
    operate: (store, rollbackId) => store.redo(rollbackId, { onConflict: 'old' }),
  },
  /** Nothing in the workspace changes, whatever becomes of the store. */
  drop: {
    prepare: async (disk, store) => {
      await store.begin('old', { prompt: '' });
      await store.apply('old', [{ kind: 'write', path: 'old.md', content: 'old' }]);
      await store.commit('old');
      await generate(disk, store);
      return '';
    },
    operate: async (store) => {
      const ids = (await store.list()).map(({ id }) => id);
      if (ids.includes('old')) await store.drop(['old']);
    },
  },
  /** Streamed through chunks, so a scene of its own: it takes longer. */
  'rollBack of a large binary': {
    prepare: async (disk, store) => {
      fill(disk);
      disk.put('big.bin', binary(1));
      await store.begin('g', { prompt: '' });
      await store.apply('g', [{ kind: 'write', path: 'big.bin', content: binary(2) }]);
      await store.commit('g');
      return '';
    },
    operate: (store) => store.rollBack(['g'], { onConflict: 'old' }),
  },
};

async function generate(disk: WorkspaceOnDisk, store: CheckpointStore): Promise<void> {
  fill(disk);
  await store.begin('g', { prompt: '' });
  await store.apply('g', changes);
  await store.commit('g');
}

function fill(disk: WorkspaceOnDisk): void {
  disk.put('a.txt', 'one\ntwo\n', 0o600);
  disk.put('gone.txt', 'gone');
  disk.put('old.txt', 'old');
  disk.put('run.sh', '#!', 0o644);
  fs.symlinkSync('run.sh', disk.at('link'));
  disk.put('folder/sub/x', 'x');
  disk.put('file', 'file');
}

/** Larger than what is held in memory. */
function binary(byte: number): Buffer {
  return Buffer.concat([Buffer.from([0]), Buffer.alloc(1_048_577, byte)]);
}

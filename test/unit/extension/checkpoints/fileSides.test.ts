import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { FileChange } from '../../../../src/core/changeSet.ts';
import type { CheckpointStore } from '../../../../src/extension/node/checkpointStore.ts';
import { contentOf } from '../../../../src/extension/node/checkpoints/blobs.ts';
import { generated } from './generated.ts';
import { WorkspaceOnDisk } from './workspaceOnDisk.ts';

describe('the sides of a file', () => {
  let disk: WorkspaceOnDisk;
  let store: CheckpointStore;

  beforeEach(async () => {
    disk = new WorkspaceOnDisk();
    store = await disk.open();
  });
  afterEach(() => disk.remove());

  const generate = (id: string, changes: FileChange[]): Promise<void> => generated(store, id, changes);
  const text = (value: string) => ({ kind: 'text', text: value });

  it('are its texts before, after and now', async () => {
    disk.put('a.txt', '\ufeffone\n');
    await generate('g', [{ kind: 'write', path: 'a.txt', content: 'two\n' }]);
    disk.put('a.txt', 'three\n');
    const sides = { before: text('one\n'), after: text('two\n'), now: text('three\n'), byHunk: true };
    assert.deepEqual(await store.sides(['g'], 'a.txt'), sides);
    assert.equal(await store.sides(['g'], 'b.txt'), null);
  });

  it('are absent, binary, folders and links for what they are', async () => {
    disk.put('bin', Buffer.from([0, 1]));
    fs.symlinkSync('bin', disk.at('link'));
    await generate('g', [
      { kind: 'write', path: 'bin', content: Buffer.from([0, 1, 2]) },
      { kind: 'delete', path: 'link' },
      { kind: 'mkdir', path: 'folder' },
    ]);
    disk.put('bin', Buffer.from([0]));
    const binary = (bytes: number) => ({ kind: 'binary', bytes });
    const sides = { before: binary(2), after: binary(3), now: binary(1), byHunk: true };
    assert.deepEqual(await store.sides(['g'], 'bin'), sides);
    assert.deepEqual((await store.sides(['g'], 'link'))?.before, { kind: 'link', target: 'bin' });
    const folder = { kind: 'folder' };
    assert.deepEqual(await store.sides(['g'], 'folder'), {
      before: { kind: 'absent' },
      after: folder,
      now: folder,
      byHunk: true,
    });
  });

  it('follow a file that was moved, then and later', async () => {
    disk.put('a.txt', 'a\n');
    await generate('g', [
      { kind: 'rename', path: 'a.txt', to: 'b.txt' },
      { kind: 'write', path: 'b.txt', content: 'b\n' },
    ]);
    await generate('h', [{ kind: 'rename', path: 'b.txt', to: 'c.txt' }]);
    const sides = { before: text('a\n'), after: text('b\n'), now: text('b\n'), byHunk: true };
    assert.deepEqual(await store.sides(['g'], 'b.txt'), sides);
  });

  it('span several generations, with their hunks unless something else came between', async () => {
    disk.put('a.txt', 'one\n');
    await generate('g', [{ kind: 'write', path: 'a.txt', content: 'two\n' }]);
    await generate('h', [{ kind: 'write', path: 'a.txt', content: 'three\n' }]);
    const sides = { before: text('one\n'), after: text('three\n'), now: text('three\n') };
    assert.deepEqual(await store.sides(['g', 'h'], 'a.txt'), { ...sides, byHunk: true });
    disk.put('a.txt', 'mine\n');
    await generate('i', [{ kind: 'write', path: 'a.txt', content: 'four\n' }]);
    assert.equal((await store.sides(['g', 'h', 'i'], 'a.txt'))?.byHunk, false);
    await store.rollBack(['i'], { onConflict: 'old' });
    await store.rollBack(['h'], { onConflict: 'old' });
    assert.equal((await store.sides(['g', 'h'], 'a.txt'))?.byHunk, false);
  });

  it('are damaged where the store can no longer tell', async () => {
    disk.put('a.txt', 'one\n');
    await generate('g', [{ kind: 'write', path: 'a.txt', content: 'two\n' }]);
    disk.put('a.txt', 'three\n');
    for (const bytes of ['one\n', 'two\n']) {
      fs.writeFileSync(path.join(disk.dir, 'blobs', contentOf(Buffer.from(bytes)).hash), 'X');
    }
    const damaged = { kind: 'damaged' };
    assert.deepEqual(await store.sides(['g'], 'a.txt'), {
      before: damaged,
      after: damaged,
      now: text('three\n'),
      byHunk: true,
    });
  });
});

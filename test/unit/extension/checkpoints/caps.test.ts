import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { CheckpointStore } from '../../../../src/extension/node/checkpointStore.ts';
import { nodeFileSystem, type FileSystem } from '../../../../src/extension/node/checkpoints/nodeFileSystem.ts';
import { generated } from './generated.ts';
import { WorkspaceOnDisk } from './workspaceOnDisk.ts';

const nothing = { maxBytes: 0, keepFrom: '' };

describe('checkpoint store with a cap', () => {
  let disk: WorkspaceOnDisk;
  let store: CheckpointStore;

  beforeEach(async () => {
    disk = new WorkspaceOnDisk();
    store = await disk.open();
  });
  afterEach(() => disk.remove());

  const generate = (id: string, path: string, content: string): Promise<void> =>
    generated(store, id, [{ kind: 'write', path, content }]);
  const blobs = (): string[] => fs.readdirSync(path.join(disk.dir, 'blobs'));
  const ids = async (): Promise<string[]> => (await store.list()).map(({ id }) => id);

  it('names what would go and drops nothing by itself', async () => {
    disk.put('a.txt', 'first');
    await generate('g', 'a.txt', 'second');
    await generate('h', 'a.txt', 'third');
    const before = blobs();
    const { generations, bytes } = await store.overCap(nothing);
    assert.deepEqual(
      generations.map(({ id, prompt }) => [id, prompt]),
      [['g', 'prompt of g']],
    );
    assert.equal(bytes, 'first'.length);
    assert.deepEqual([blobs(), await ids()], [before, ['g', 'h']]);
    const { bytes: used } = await store.usage();
    assert.deepEqual((await store.overCap({ maxBytes: used, keepFrom: '' })).generations, []);
    const [, h] = await store.list();
    const old = await store.overCap({ maxBytes: used, keepFrom: h?.at ?? '' });
    assert.deepEqual(
      old.generations.map(({ id }) => id),
      ['g'],
    );
  });

  it('drops for good, frees the disk, and leaves the others whole, their redo too', async () => {
    disk.put('a.txt', 'first');
    disk.put('b.txt', 'bee');
    await generate('g', 'a.txt', 'second');
    await generate('h', 'a.txt', 'third');
    await generate('i', 'b.txt', 'B');
    disk.put('b.txt', 'mine');
    const { rollbackId } = await store.rollBack(['i'], { onConflict: 'old' });
    await store.drop(['g']);
    assert.deepEqual(await ids(), ['h', 'i']);
    await assert.rejects(store.rollBack(['g'], { onConflict: 'stop' }), { kind: 'unknown', details: { id: 'g' } });
    store = await disk.open();
    assert.deepEqual(await ids(), ['h', 'i']);
    assert.equal(blobs().length, 5);
    await store.redo(rollbackId ?? '');
    assert.equal(disk.text('b.txt'), 'mine');
    await store.rollBack(['h'], { onConflict: 'stop' });
    assert.equal(disk.text('a.txt'), 'second');
  });

  it('drops the redo of what is dropped with it', async () => {
    disk.put('a.txt', 'first');
    await generate('g', 'a.txt', 'second');
    const { rollbackId } = await store.rollBack(['g'], { onConflict: 'stop' });
    await generate('h', 'c.txt', 'c');
    await store.drop(['g']);
    assert.deepEqual(blobs().length, 1);
    await assert.rejects(store.redo(rollbackId ?? ''), { kind: 'unknown' });
    assert.equal(disk.text('a.txt'), 'first');
  });

  it('keeps what was recorded and not ended, also what came after it', async () => {
    disk.put('a.txt', 'first\n\n\nend\n');
    await store.begin('g', { prompt: '' });
    await store.record('g', 'a.txt');
    disk.put('a.txt', 'second\n\n\nend\n');
    await store.close();
    store = await disk.open();
    await generate('h', 'a.txt', 'third\n\n\nend\n');
    await generate('i', 'z.txt', 'z');
    await store.rollBack(['h'], { onConflict: 'stop' });
    await store.drop(['h']);
    disk.put('a.txt', 'second\n\n\nmy end\n');
    await store.rollBack(['g'], { onConflict: 'stop' });
    assert.equal(disk.text('a.txt'), 'first\n\n\nmy end\n');
  });

  it('refuses to drop what runs', async () => {
    await store.begin('g', { prompt: '' });
    await assert.rejects(store.drop(['g']), { kind: 'stillOpen', details: { id: 'g' } });
    assert.deepEqual(await ids(), ['g']);
  });

  it('lets go of the lines of the journal that spoke of what is dropped, in every window', async () => {
    const journal = (): string => fs.readFileSync(path.join(disk.dir, 'journal.jsonl'), 'utf8');
    disk.put('a.txt', 'first');
    await generate('g', 'a.txt', 'second');
    const other = await disk.open();
    await generate('h', 'a.txt', 'third');
    await other.list();
    await store.drop(['g']);
    assert.doesNotMatch(journal(), /prompt of g/);
    assert.match(journal(), /prompt of h/);
    assert.deepEqual(
      (await other.list()).map(({ id, state }) => [id, state]),
      [['h', 'kept']],
    );
    await generate('i', 'b.txt', 'b');
    await other.rollBack(['h'], { onConflict: 'stop' });
    assert.equal(disk.text('a.txt'), 'second');
    assert.deepEqual(await ids(), ['h', 'i']);
    await other.drop(['h', 'i']);
    assert.doesNotMatch(journal(), /prompt/);
    assert.deepEqual(await ids(), []);
    await generate('j', 'a.txt', 'new');
    store = await disk.open();
    assert.deepEqual([await ids(), (await store.usage()).damagedLines], [['j'], []]);
  });

  it('drops for good on a disk without room for a new journal, and shortens it the next time', async () => {
    disk.put('a.txt', 'first');
    await generate('g', 'a.txt', 'second');
    await generate('h', 'a.txt', 'third');
    await generate('i', 'a.txt', 'fourth');
    const full: FileSystem = {
      ...nodeFileSystem,
      rename: (from, to) => {
        if (to.endsWith('journal.jsonl')) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
        nodeFileSystem.rename(from, to);
      },
    };
    const before = (await store.usage()).bytes;
    await (await disk.open(full)).drop(['g']);
    assert.deepEqual(await ids(), ['h', 'i']);
    await store.drop(['h']);
    assert.deepEqual(await ids(), ['i']);
    assert.ok((await store.usage()).bytes < before / 2);
    await store.rollBack(['i'], { onConflict: 'stop' });
    assert.equal(disk.text('a.txt'), 'third');
  });

  it('keeps the lines of a generation whose first one is damaged', async () => {
    disk.put('a.txt', 'first');
    await generate('g', 'a.txt', 'second');
    await generate('h', 'a.txt', 'third');
    await store.close();
    const journal = path.join(disk.dir, 'journal.jsonl');
    fs.writeFileSync(journal, fs.readFileSync(journal, 'utf8').replace('prompt of h', 'prompt of H'));
    store = await disk.open();
    await store.drop(['g']);
    assert.deepEqual((await store.usage()).damagedLines, [{ line: 2, id: 'h' }]);
    await store.rollBack(['h'], { onConflict: 'stop' });
    assert.equal(disk.text('a.txt'), 'second');
  });
});

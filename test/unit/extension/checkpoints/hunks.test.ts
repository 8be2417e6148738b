import assert from 'node:assert/strict';
import type { CheckpointStore } from '../../../../src/extension/node/checkpointStore.ts';
import { generated } from './generated.ts';
import { WorkspaceOnDisk } from './workspaceOnDisk.ts';

/** Nine lines, some of them with another word. */
function lines(words: Readonly<Record<number, string>>): string {
  return Array.from({ length: 9 }, (_, at) => `${words[at + 1] ?? `line ${String(at + 1)}`}\n`).join('');
}

describe('hunks of a file that was written more than once', () => {
  let disk: WorkspaceOnDisk;
  let store: CheckpointStore;

  beforeEach(async () => {
    disk = new WorkspaceOnDisk();
    store = await disk.open();
    disk.put('a.txt', lines({}));
  });
  afterEach(() => disk.remove());

  const write = (content: string) => [{ kind: 'write', path: 'a.txt', content }] as const;
  const undoHunk = (ids: string[], hunk: number) =>
    store.rollBack(ids, { hunks: { 'a.txt': [hunk] }, onConflict: 'stop' });
  const states = async (): Promise<string[]> => (await store.list()).map(({ state }) => state);

  it('are of the chosen file alone, also where another is called like what every object has', async () => {
    await generated(store, 'g', [
      ...write(lines({ 1: 'A' })),
      { kind: 'write', path: 'constructor', content: 'made\n' },
    ]);
    await store.rollBack(['g'], { files: ['constructor'], hunks: { 'a.txt': [0] }, onConflict: 'stop' });
    assert.equal(disk.text('a.txt'), lines({}));
    assert.deepEqual(Object.keys(disk.snapshot()), ['a.txt']);
  });

  it('mark only the generations that have some of them as rolled back', async () => {
    await generated(store, 'g', [...write(lines({ 1: 'A' }))]);
    await generated(store, 'h', [{ kind: 'write', path: 'b.txt', content: 'b\n' }]);
    await undoHunk(['g', 'h'], 0);
    assert.deepEqual(await states(), ['partly', 'kept']);
    assert.equal((await store.list())[1]?.rollbacks.length, 0);
  });

  it('are of the same file by any of its names, and never a whole folder', async () => {
    await generated(store, 'g', [
      { kind: 'rename', path: 'a.txt', to: 'd/b.txt' },
      { kind: 'write', path: 'd/b.txt', content: lines({ 1: 'A', 9: 'B' }) },
    ]);
    await generated(store, 'h', [{ kind: 'rename', path: 'd/b.txt', to: 'd/c.txt' }]);
    assert.deepEqual((await store.preview(['g'], { hunks: { d: [0] } })).files, []);
    for (const name of ['a.txt', 'd/b.txt', 'd/c.txt']) {
      const { rollbackId } = await store.rollBack(['g'], { hunks: { [name]: [0] }, onConflict: 'stop' });
      assert.deepEqual(Object.keys(disk.snapshot()), ['d', 'd/c.txt']);
      assert.equal(disk.text('d/c.txt'), lines({ 9: 'B' }), name);
      await store.redo(rollbackId ?? '');
    }
  });

  it('roll back nothing where none of them is chosen, or nothing of the generation is', async () => {
    await generated(store, 'g', [...write(lines({ 1: 'A' }))]);
    const journal = disk.journal();
    for (const choice of [{ hunks: { 'a.txt': [] } }, { files: ['b.txt'] }, { files: [] }, { hunks: {} }]) {
      const done = await store.rollBack(['g'], { ...choice, onConflict: 'stop' });
      assert.deepEqual(done, { rollbackId: null, restored: [], conflicts: [], damaged: [] });
      assert.deepEqual((await store.preview(['g'], choice)).files, []);
    }
    assert.equal(disk.journal(), journal);
  });

  it('are one where lines can’t be told apart, and there is no second one', async () => {
    await generated(store, 'g', [
      { kind: 'write', path: 'made.txt', content: 'made\n' },
      { kind: 'write', path: 'a.txt', content: Buffer.from([0, 1]) },
    ]);
    const before = disk.snapshot();
    for (const path of ['made.txt', 'a.txt']) {
      const second = store.rollBack(['g'], { hunks: { [path]: [0, 1] }, onConflict: 'stop' });
      await assert.rejects(second, { kind: 'noSuchHunk', details: { path } });
    }
    assert.deepEqual(disk.snapshot(), before);
    await store.rollBack(['g'], { hunks: { 'made.txt': [0] }, onConflict: 'stop' });
    assert.deepEqual(Object.keys(disk.snapshot()), ['a.txt']);
  });

  it('are those of the whole answer, in two applies', async () => {
    await store.begin('g', { prompt: 'p' });
    await store.apply('g', [...write(lines({ 1: 'A', 9: 'B' }))]);
    await store.apply('g', [...write(lines({ 1: 'A', 5: 'C', 9: 'D' }))]);
    await store.commit('g');
    await undoHunk(['g'], 2);
    assert.equal(disk.text('a.txt'), lines({ 1: 'A', 5: 'C' }));
    assert.deepEqual(await states(), ['partly']);
  });

  it('are those of the whole answer, also where it went on in a second checkpoint', async () => {
    await generated(store, 'g', [...write(lines({ 1: 'A', 9: 'B' }))]);
    await generated(store, 'g-2', [...write(lines({ 1: 'A', 5: 'C', 9: 'D' }))]);
    const { rollbackId } = await undoHunk(['g', 'g-2'], 2);
    assert.equal(disk.text('a.txt'), lines({ 1: 'A', 5: 'C' }));
    assert.deepEqual(await states(), ['partly', 'partly']);
    await store.redo(rollbackId ?? '');
    assert.equal(disk.text('a.txt'), lines({ 1: 'A', 5: 'C', 9: 'D' }));
    await undoHunk(['g', 'g-2'], 1);
    assert.equal(disk.text('a.txt'), lines({ 1: 'A', 9: 'D' }));
    await store.rollBack(['g', 'g-2'], { onConflict: 'stop' });
    assert.equal(disk.text('a.txt'), lines({}));
    assert.deepEqual(await states(), ['rolledBack', 'rolledBack']);
  });

  it('are the own ones of an earlier generation, over which a later one wrote', async () => {
    await generated(store, 'g', [...write(lines({ 1: 'A', 9: 'B' }))]);
    await generated(store, 'h', [...write(lines({ 1: 'A', 5: 'C', 9: 'D' }))]);
    await undoHunk(['g'], 0);
    assert.equal(disk.text('a.txt'), lines({ 5: 'C', 9: 'D' }));
    const overlapping = await undoHunk(['g'], 1);
    assert.deepEqual([overlapping.rollbackId, overlapping.conflicts], [null, ['a.txt']]);
    assert.equal(disk.text('a.txt'), lines({ 5: 'C', 9: 'D' }));
    await store.rollBack(['h'], { onConflict: 'stop' });
    assert.equal(disk.text('a.txt'), lines({ 9: 'B' }));
    await undoHunk(['g'], 1);
    assert.equal(disk.text('a.txt'), lines({}));
  });
});

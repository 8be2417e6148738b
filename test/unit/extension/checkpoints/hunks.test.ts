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

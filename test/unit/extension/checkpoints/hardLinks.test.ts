import assert from 'node:assert/strict';
import fs from 'node:fs';
import { nodeFileSystem } from '../../../../src/extension/node/checkpoints/nodeFileSystem.ts';
import { generated } from './generated.ts';
import { WorkspaceOnDisk } from './workspaceOnDisk.ts';

describe('files with several names on the disk', () => {
  let disk: WorkspaceOnDisk;

  beforeEach(() => {
    disk = new WorkspaceOnDisk();
    disk.put('a.txt', 'one\n');
    disk.put('alone.txt', 'one\n');
    fs.linkSync(disk.at('a.txt'), disk.at('b.txt'));
  });
  afterEach(() => disk.remove());

  it('are said to be so before one of them is rolled back, and the other name keeps its bytes', async () => {
    const store = await disk.open();
    await store.begin('g', { prompt: 'p' });
    await store.record('g', 'a.txt');
    await store.record('g', 'alone.txt');
    fs.writeFileSync(disk.at('a.txt'), 'two\n');
    fs.writeFileSync(disk.at('alone.txt'), 'two\n');
    await store.commit('g');
    assert.equal(disk.text('b.txt'), 'two\n');
    const { files } = await store.preview(['g']);
    assert.deepEqual(
      files.map(({ path, otherNames }) => [path, otherNames]),
      [
        ['a.txt', true],
        ['alone.txt', false],
      ],
    );
    const { rollbackId } = await store.rollBack(['g'], { onConflict: 'stop' });
    assert.deepEqual([disk.text('a.txt'), disk.text('b.txt')], ['one\n', 'two\n']);
    await store.redo(rollbackId ?? '');
    assert.deepEqual([disk.text('a.txt'), disk.text('b.txt')], ['two\n', 'two\n']);
  });

  it('go back under each of the names that were touched, in one rollback, and are redone', async () => {
    disk.put('c.txt', 'c\n');
    const store = await disk.open();
    await store.begin('g', { prompt: 'p' });
    for (const name of ['a.txt', 'b.txt', 'c.txt']) await store.record('g', name);
    fs.writeFileSync(disk.at('a.txt'), 'two\n');
    fs.rmSync(disk.at('c.txt'));
    fs.linkSync(disk.at('a.txt'), disk.at('c.txt'));
    await store.commit('g');
    const { rollbackId, restored } = await store.rollBack(['g'], { onConflict: 'stop' });
    assert.deepEqual(restored, ['a.txt', 'b.txt', 'c.txt']);
    assert.deepEqual(
      ['a.txt', 'b.txt', 'c.txt'].map((name) => disk.text(name)),
      ['one\n', 'one\n', 'c\n'],
    );
    await store.redo(rollbackId ?? '');
    assert.deepEqual(
      ['a.txt', 'b.txt', 'c.txt'].map((name) => disk.text(name)),
      ['two\n', 'two\n', 'two\n'],
    );
  });

  it('are still not replaced where somebody wrote into them just now', async () => {
    const store = await disk.open({
      ...nodeFileSystem,
      rename: (from, to) => {
        nodeFileSystem.rename(from, to);
        if (to === disk.at('a.txt')) disk.put('b.txt', 'somebody else\n');
      },
    });
    await store.begin('g', { prompt: 'p' });
    const changes = ['a.txt', 'b.txt'].map((path) => ({ kind: 'write' as const, path, content: 'two\n' }));
    await assert.rejects(store.apply('g', changes), { kind: 'changedMeanwhile', details: { path: 'b.txt' } });
    assert.deepEqual([disk.text('a.txt'), disk.text('b.txt')], ['one\n', 'somebody else\n']);
  });

  it('never change under a name that a change set does not have', async () => {
    const store = await disk.open();
    await generated(store, 'g', [{ kind: 'write', path: 'a.txt', content: 'two\n' }]);
    assert.deepEqual([disk.text('a.txt'), disk.text('b.txt')], ['two\n', 'one\n']);
  });
});

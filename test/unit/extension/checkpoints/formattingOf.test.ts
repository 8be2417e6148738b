import assert from 'node:assert/strict';
import type { CheckpointStore } from '../../../../src/extension/node/checkpointStore.ts';
import { generated } from './generated.ts';
import { WorkspaceOnDisk } from './workspaceOnDisk.ts';

describe('formatting what a generation wrote', () => {
  let disk: WorkspaceOnDisk;
  let store: CheckpointStore;

  beforeEach(async () => {
    disk = new WorkspaceOnDisk();
    store = await disk.open();
    disk.put('a.txt', 'one\ntwo\nthree\n');
  });
  afterEach(() => disk.remove());

  const write = (content: string) => [{ kind: 'write', path: 'a.txt', content }] as const;
  /** The editor saves a file that something has turned from one text into another. */
  const format = (from: string, to: string, path = 'a.txt') => {
    disk.put('a.txt', to);
    return store.formatted(path, { from, to });
  };
  const laterEdits = async (ids: string[]) => (await store.preview(ids)).files.map((file) => file.laterEdits);
  const rollBack = (ids: string[]) => store.rollBack(ids, { onConflict: 'stop' });

  it('counts to the generation: a roll back takes it along and tells of no later edit, also in the next window', async () => {
    await generated(store, 'g', write('ONE\n  two\nthree\n'));
    assert.equal(await format('ONE\n  two\nthree\n', 'ONE\ntwo;\nthree;\n'), 'ONE\ntwo;\nthree;\n');
    await store.close();
    store = await disk.open();
    assert.deepEqual(await laterEdits(['g']), [false]);
    const { rollbackId, conflicts } = await rollBack(['g']);
    assert.deepEqual(conflicts, []);
    assert.equal(disk.text('a.txt'), 'one\ntwo\nthree\n');
    await store.redo(rollbackId ?? '');
    assert.equal(disk.text('a.txt'), 'ONE\ntwo;\nthree;\n');
    assert.deepEqual(
      (await store.list()).map(({ state, files }) => [state, files[0]?.added]),
      [['kept', 2]],
    );
  });

  it('leaves to the person what they typed before it', async () => {
    await generated(store, 'g', write('ONE\ntwo\nthree\n'));
    assert.equal(await format('ONE\ntwo\nthree\nmine\n', 'ONE;\ntwo\nthree\nmine;\n'), 'ONE;\ntwo\nthree\n');
    assert.deepEqual(await laterEdits(['g']), [true]);
    await rollBack(['g']);
    assert.equal(disk.text('a.txt'), 'one\ntwo\nthree\nmine;\n');
  });

  it('stays with the person in the very lines that they typed in', async () => {
    await generated(store, 'g', write('one\ntwo\nTHREE\n'));
    assert.equal(await format('one (mine)\ntwo\nTHREE\n', 'one(mine)\ntwo\nTHREE;\n'), 'one\ntwo\nTHREE;\n');
    await rollBack(['g']);
    assert.equal(disk.text('a.txt'), 'one(mine)\ntwo\nthree\n');
  });

  it('counts to the last generation that wrote the file, and while that still works', async () => {
    await generated(store, 'g', write('ONE\ntwo\nthree\n'));
    await store.begin('h', { prompt: 'next' });
    await store.apply('h', write('ONE\ntwo\n  THREE\n'));
    await format('ONE\ntwo\n  THREE\n', 'ONE\ntwo\nTHREE\n');
    await store.commit('h');
    assert.deepEqual(await laterEdits(['h']), [false]);
    await rollBack(['h']);
    assert.equal(disk.text('a.txt'), 'ONE\ntwo\nthree\n');
    assert.deepEqual(await laterEdits(['g']), [false]);
  });

  it('counts again once a roll back was redone, and to nobody while it is rolled back', async () => {
    await generated(store, 'g', write('ONE\ntwo\nthree\n'));
    const { rollbackId } = await rollBack(['g']);
    assert.equal(await format('one\ntwo\nthree\n', 'one;\ntwo\nthree\n'), null);
    disk.put('a.txt', 'one\ntwo\nthree\n');
    await store.redo(rollbackId ?? '');
    assert.equal(await format('ONE\ntwo\nthree\n', 'ONE;\ntwo\nthree\n'), 'ONE;\ntwo\nthree\n');
    assert.deepEqual(await laterEdits(['g']), [false]);
  });

  it('adds nothing to files that nobody wrote, that will be recorded, or that came to the same', async () => {
    await generated(store, 'g', write('ONE\ntwo\nthree\n'));
    const journal = disk.journal();
    assert.equal(await format('x\n', 'y\n', 'other.txt'), null);
    assert.equal(await format('mine\nONE\ntwo\nthree\n', 'Mine\nONE\ntwo\nthree\n'), null);
    assert.equal(disk.journal(), journal);
    await store.begin('h', { prompt: 'next' });
    await store.record('h', 'a.txt');
    assert.equal(await format('mine\nONE\ntwo\nthree\n', 'mine\nONE;\ntwo\nthree\n'), null);
  });

  it('keeps the byte order mark and the mode', async () => {
    disk.put('a.txt', '\uFEFFone\n', 0o755);
    await generated(store, 'g', write('\uFEFFONE\n'));
    await format('ONE\n', 'ONE;\n');
    disk.put('a.txt', '\uFEFFONE;\n', 0o755);
    assert.deepEqual(await laterEdits(['g']), [false]);
    await rollBack(['g']);
    assert.equal(disk.text('a.txt'), '\uFEFFone\n');
  });
});

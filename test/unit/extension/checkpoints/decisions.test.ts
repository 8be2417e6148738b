import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { FileChange } from '../../../../src/core/changeSet.ts';
import type { CheckpointStore } from '../../../../src/extension/node/checkpointStore.ts';
import { generated } from './generated.ts';
import { WorkspaceOnDisk } from './workspaceOnDisk.ts';

describe('checkpoint store with decisions', () => {
  let disk: WorkspaceOnDisk;
  let store: CheckpointStore;

  beforeEach(async () => {
    disk = new WorkspaceOnDisk();
    store = await disk.open();
    disk.put('a.txt', 'one\n2\n3\nfour\n5\n6\nseven\n');
    disk.put('b.txt', 'b\n');
    await generate('g', [
      { kind: 'write', path: 'a.txt', content: 'ONE\n2\n3\nFOUR\n5\n6\nSEVEN\n' },
      { kind: 'write', path: 'b.txt', content: 'B\n' },
    ]);
    disk.put('a.txt', 'my one\n2\n3\nmy four\n5\n6\nSEVEN\n');
  });
  afterEach(() => disk.remove());

  const generate = (id: string, changes: FileChange[]): Promise<void> => generated(store, id, changes);
  const state = async (): Promise<string | undefined> => (await store.list())[0]?.state;

  it('shows each overlap with its sides', async () => {
    const { files } = await store.preview(['g']);
    assert.deepEqual(files.find(({ path }) => path === 'a.txt')?.overlaps, [
      { mine: 'my one\n', old: 'one\n', base: 'ONE\n', startLine: 1 },
      { mine: 'my four\n', old: 'four\n', base: 'FOUR\n', startLine: 4 },
    ]);
  });

  it('takes mine, the old or both, hunk by hunk, the rest merged', async () => {
    const { conflicts } = await store.rollBack(['g'], {
      onConflict: 'stop',
      decisions: { 'a.txt': ['both', 'old'] },
    });
    assert.deepEqual(conflicts, []);
    assert.equal(disk.text('a.txt'), 'my one\none\n2\n3\nfour\n5\n6\nseven\n');
    assert.equal(disk.text('b.txt'), 'b\n');
    assert.equal(await state(), 'rolledBack');
  });

  it('has rolled back in part where mine was kept, and redoes that', async () => {
    const decisions = { 'a.txt': ['mine', 'old'] } as const;
    const { rollbackId } = await store.rollBack(['g'], { onConflict: 'stop', decisions });
    assert.equal(disk.text('a.txt'), 'my one\n2\n3\nfour\n5\n6\nseven\n');
    assert.equal(await state(), 'partly');
    await store.redo(rollbackId ?? '');
    assert.equal(disk.text('a.txt'), 'my one\n2\n3\nmy four\n5\n6\nSEVEN\n');
    assert.equal(await state(), 'kept');
  });

  it('shows the overlap with a later generation where all since is to go, so that it can be decided', async () => {
    await generate('made', [{ kind: 'write', path: 'new.txt', content: 'one\ntwo\n' }]);
    await generate('later', [{ kind: 'write', path: 'new.txt', content: 'one\nTWO\n' }]);
    disk.put('new.txt', 'one\nmy two\n');
    const shown = (await store.preview(['made', 'later'])).files;
    assert.deepEqual(
      shown.map(({ path, kind, conflict, laterEdits }) => ({ path, kind, conflict, laterEdits })),
      [{ path: 'new.txt', kind: 'deleted', conflict: true, laterEdits: true }],
    );
    const overlaps = [{ mine: 'my two\n', old: 'two\n', base: 'TWO\n', startLine: 2 }];
    assert.deepEqual(shown[0]?.overlaps, overlaps);
    assert.deepEqual((await store.rollBack(['made', 'later'], { onConflict: 'stop' })).conflicts, ['new.txt']);
    await store.rollBack(['made', 'later'], { onConflict: 'stop', decisions: { 'new.txt': ['old'] } });
    assert.equal(fs.existsSync(disk.at('new.txt')), false);
  });

  it('refuses a word that it does not know, and writes nothing', async () => {
    const { rollbackId } = await store.rollBack(['g'], { files: ['b.txt'], onConflict: 'stop' });
    const [before, journal] = [disk.snapshot(), disk.journal()];
    const said: string = 'theirs';
    // As it comes from a caller in plain JavaScript.
    const theirs = said as 'old';
    const decisions = { 'a.txt': ['old', theirs] } as const;
    await assert.rejects(store.rollBack(['g'], { onConflict: theirs }), /no such way to decide .* nothing .*: theirs$/);
    await assert.rejects(store.rollBack(['g'], { onConflict: 'old', decisions }), {
      kind: 'unclear',
      details: { path: 'a.txt', code: 'theirs' },
    });
    await assert.rejects(store.redo(rollbackId ?? '', { onConflict: theirs }), { kind: 'unclear' });
    await assert.rejects(store.redo(rollbackId ?? '', { decisions }), { kind: 'unclear' });
    assert.deepEqual([disk.snapshot(), disk.journal()], [before, journal]);
  });

  it('writes nothing while an overlap is undecided, and shows only what is', async () => {
    const before = disk.snapshot();
    const some = { 'a.txt': ['old'] } as const;
    assert.deepEqual((await store.rollBack(['g'], { onConflict: 'stop', decisions: some })).conflicts, ['a.txt']);
    assert.deepEqual(disk.snapshot(), before);
    const decided = { 'a.txt': ['old', 'mine'] } as const;
    const { files } = await store.preview(['g'], { decisions: decided });
    assert.deepEqual(
      files.map(({ path, conflict }) => [path, conflict]),
      [
        ['a.txt', false],
        ['b.txt', false],
      ],
    );
  });

  it('decides over whole files where there are no lines', async () => {
    disk.put('bin', Buffer.from([0, 1]));
    await generate('h', [{ kind: 'write', path: 'bin', content: Buffer.from([0, 2]) }]);
    disk.put('bin', Buffer.from([0, 3]));
    const roll = (choice: 'mine' | 'old' | 'both') =>
      store.rollBack(['h'], { onConflict: 'stop', decisions: { bin: [choice] } });
    assert.deepEqual((await roll('both')).conflicts, ['bin']);
    const { rollbackId } = await roll('mine');
    assert.deepEqual([...fs.readFileSync(disk.at('bin'))], [0, 3]);
    await store.redo(rollbackId ?? '');
    await roll('old');
    assert.deepEqual([...fs.readFileSync(disk.at('bin'))], [0, 1]);
  });

  it('brings a file back that the person changed after the generation had moved another to its place', async () => {
    disk.put('c.txt', 'c\n');
    await generate('h', [{ kind: 'rename', path: 'c.txt', to: 'd.txt' }]);
    disk.put('c.txt', 'somebody\n');
    assert.deepEqual((await store.rollBack(['h'], { onConflict: 'stop' })).conflicts, ['d.txt']);
    await store.rollBack(['h'], { onConflict: 'stop', decisions: { 'd.txt': ['mine'] } });
    assert.deepEqual([disk.text('c.txt'), disk.text('d.txt')], ['somebody\n', 'c\n']);
    assert.equal((await store.list())[1]?.state, 'partly');
    await store.rollBack(['h'], { onConflict: 'stop', decisions: { 'd.txt': ['old'] } });
    assert.deepEqual([disk.text('c.txt'), fs.existsSync(disk.at('d.txt'))], ['c\n', false]);
  });

  it('uses the decisions of a file in order where several generations overlap in it', async () => {
    await generate('h', [{ kind: 'write', path: 'b.txt', content: 'BB\n' }]);
    disk.put('b.txt', 'mine\n');
    const decisions = { 'a.txt': ['mine', 'mine'], 'b.txt': ['mine', 'old'] } as const;
    const { conflicts } = await store.rollBack(['g', 'h'], { onConflict: 'stop', decisions });
    assert.deepEqual(conflicts, []);
    assert.equal(disk.text('b.txt'), 'b\n');
  });
});

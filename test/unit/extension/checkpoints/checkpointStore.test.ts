import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { FileChange } from '../../../../src/core/changeSet.ts';
import type { CheckpointStore } from '../../../../src/extension/node/checkpointStore.ts';
import { CheckpointError } from '../../../../src/extension/node/checkpoints/checkpointError.ts';
import { generated } from './generated.ts';
import { WorkspaceOnDisk } from './workspaceOnDisk.ts';

describe('checkpoint store', () => {
  let disk: WorkspaceOnDisk;
  let store: CheckpointStore;

  beforeEach(async () => {
    disk = new WorkspaceOnDisk();
    store = await disk.open();
  });
  afterEach(() => disk.remove());

  const generate = (id: string, changes: FileChange[]): Promise<void> => generated(store, id, changes);

  describe('restores every kind of change byte for byte, and redoes it', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Grüße\r\n', 'utf16le')]);
    const cases: Record<string, { before?: () => void; changes: FileChange[] }> = {
      edit: {
        before: () => disk.put('a.txt', 'one\ntwo\n', 0o600),
        changes: [{ kind: 'write', path: 'a.txt', content: 'one\n2\n' }],
      },
      'create in new folders': { changes: [{ kind: 'write', path: 'x/y/z.txt', content: 'z', mode: 0o755 }] },
      'empty file': { changes: [{ kind: 'write', path: 'empty', content: '' }] },
      delete: { before: () => disk.put('a.txt', 'gone', 0o640), changes: [{ kind: 'delete', path: 'a.txt' }] },
      rename: {
        before: () => disk.put('a.txt', 'moved'),
        changes: [{ kind: 'rename', path: 'a.txt', to: 'sub/b.txt' }],
      },
      'rename in case alone': {
        before: () => disk.put('readme.md', 'r'),
        changes: [{ kind: 'rename', path: 'readme.md', to: 'README.md' }],
      },
      'rename of a folder': {
        before: () => (disk.put('d/e/f.txt', 'f', 0o755), disk.put('d/g.txt', 'g')),
        changes: [{ kind: 'rename', path: 'd', to: 'h' }],
      },
      'rename over a file': {
        before: () => (disk.put('a', 'a'), disk.put('b', 'b')),
        changes: [{ kind: 'rename', path: 'a', to: 'b' }],
      },
      mode: { before: () => disk.put('run.sh', '#!', 0o600), changes: [{ kind: 'mode', path: 'run.sh', mode: 0o755 }] },
      'a link, not its target': {
        before: () => (disk.put('t.txt', 't'), fs.symlinkSync('t.txt', disk.at('l'))),
        changes: [{ kind: 'delete', path: 'l' }],
      },
      'a write through a link': {
        before: () => (disk.put('t.txt', 't'), fs.symlinkSync('t.txt', disk.at('l'))),
        changes: [{ kind: 'write', path: 'l', content: 'T' }],
      },
      'a new link': { changes: [{ kind: 'symlink', path: 'l', target: '../elsewhere' }] },
      'a link in place of a file': {
        before: () => disk.put('a', 'file'),
        changes: [{ kind: 'symlink', path: 'a', target: 'b' }],
      },
      'empty folder': { changes: [{ kind: 'mkdir', path: 'd/e' }] },
      'removed folder': {
        before: () => (disk.put('d/e/f', 'f', 0o600), disk.put('d/.hidden', 'h'), fs.mkdirSync(disk.at('d/empty'))),
        changes: [{ kind: 'rmdir', path: 'd' }],
      },
      'a file in place of a folder': {
        before: () => disk.put('d/e/f', 'f'),
        changes: [
          { kind: 'rmdir', path: 'd' },
          { kind: 'write', path: 'd', content: 'file' },
        ],
      },
      'a folder in place of a file': {
        before: () => disk.put('d', 'file'),
        changes: [
          { kind: 'delete', path: 'd' },
          { kind: 'write', path: 'd/e/f', content: 'f' },
        ],
      },
      binary: {
        before: () => disk.put('b', Buffer.from([0, 255, 128, 10, 13])),
        changes: [{ kind: 'write', path: 'b', content: Buffer.from([1, 0]) }],
      },
      'CRLF, no last line end': {
        before: () => disk.put('c', 'a\r\nb'),
        changes: [{ kind: 'write', path: 'c', content: 'a\nb\n' }],
      },
      BOM: { before: () => disk.put('c', '\ufeffa'), changes: [{ kind: 'write', path: 'c', content: 'a' }] },
      'UTF-16': { before: () => disk.put('c', utf16), changes: [{ kind: 'write', path: 'c', content: 'utf8' }] },
      'a file in a nested repository': {
        before: () => disk.put('sub/.git/HEAD', 'ref'),
        changes: [{ kind: 'write', path: 'sub/.git/HEAD', content: 'other' }],
      },
      'two million bytes': {
        before: () => disk.put('big', Buffer.alloc(2_000_000, 7)),
        changes: [{ kind: 'write', path: 'big', content: Buffer.alloc(2_000_001, 8) }],
      },
      'chains of renames': {
        before: () => (disk.put('a', 'A'), disk.put('b', 'B')),
        changes: [
          { kind: 'rename', path: 'a', to: 't' },
          { kind: 'rename', path: 'b', to: 'a' },
          { kind: 'rename', path: 't', to: 'b' },
        ],
      },
    };
    for (const [name, { before, changes }] of Object.entries(cases)) {
      it(name, async () => {
        disk.put('untouched/file', 'stays');
        before?.();
        const old = disk.snapshot();
        await generate('g', changes);
        const fresh = disk.snapshot();
        assert.notDeepEqual(fresh, old);
        const { rollbackId } = await store.rollBack(['g'], { onConflict: 'stop' });
        assert.deepEqual(disk.snapshot(), old);
        assert.equal((await store.list())[0]?.state, 'rolledBack');
        store = await disk.open();
        await store.redo(rollbackId ?? '');
        assert.deepEqual(disk.snapshot(), fresh);
        assert.equal((await store.list())[0]?.state, 'kept');
        await store.rollBack(['g'], { onConflict: 'stop' });
        assert.deepEqual(disk.snapshot(), old);
      });
    }
  });

  describe('keeps later edits', () => {
    beforeEach(async () => {
      disk.put('a.txt', 'one\ntwo\nthree\nfour\nfive\n');
      await generate('g', [{ kind: 'write', path: 'a.txt', content: 'one\nTWO\nthree\nfour\nfive\n' }]);
    });

    it('that do not overlap, and says so beforehand', async () => {
      disk.put('a.txt', 'one\nTWO\nthree\nfour\nfive\nmine\n');
      const { files } = await store.preview(['g']);
      assert.deepEqual(
        files.map(({ path, kind, conflict, laterEdits }) => [path, kind, conflict, laterEdits]),
        [['a.txt', 'changed', false, true]],
      );
      await store.rollBack(['g'], { onConflict: 'stop' });
      assert.equal(disk.text('a.txt'), 'one\ntwo\nthree\nfour\nfive\nmine\n');
    });

    it('and stops without writing anything if one overlaps', async () => {
      disk.put('a.txt', 'one\nmine\nthree\nfour\nfive\n');
      const before = disk.snapshot();
      const result = await store.rollBack(['g'], { onConflict: 'stop' });
      assert.deepEqual(result, { rollbackId: null, restored: [], conflicts: ['a.txt'], damaged: [] });
      assert.deepEqual(disk.snapshot(), before);
      assert.equal((await store.list())[0]?.state, 'kept');
    });

    it('or takes one side where they overlap, the rest merged', async () => {
      disk.put('a.txt', 'one\nmine\nthree\nfour\nfive\nmore\n');
      const { rollbackId } = await store.rollBack(['g'], { onConflict: 'old' });
      assert.equal(disk.text('a.txt'), 'one\ntwo\nthree\nfour\nfive\nmore\n');
      await store.redo(rollbackId ?? '');
      await store.rollBack(['g'], { onConflict: 'mine' });
      assert.equal(disk.text('a.txt'), 'one\nmine\nthree\nfour\nfive\nmore\n');
      assert.equal((await store.list())[0]?.state, 'partly');
    });

    it('in a file that was moved', async () => {
      await generate('h', [{ kind: 'rename', path: 'a.txt', to: 'b.txt' }]);
      disk.put('b.txt', `${disk.text('b.txt')}mine\n`);
      await store.rollBack(['h'], { onConflict: 'stop' });
      assert.deepEqual(Object.keys(disk.snapshot()), ['a.txt']);
      assert.equal(disk.text('a.txt'), 'one\nTWO\nthree\nfour\nfive\nmine\n');
    });

    it('of a later generation that moved the file', async () => {
      await generate('h', [{ kind: 'rename', path: 'a.txt', to: 'b.txt' }]);
      await store.rollBack(['g'], { onConflict: 'stop' });
      assert.equal(disk.text('b.txt'), 'one\ntwo\nthree\nfour\nfive\n');
      await store.rollBack(['h'], { onConflict: 'stop' });
      assert.equal(disk.text('a.txt'), 'one\ntwo\nthree\nfour\nfive\n');
    });

    it('between two steps of one generation', async () => {
      await store.begin('h', { prompt: '' });
      await store.apply('h', [{ kind: 'write', path: 'a.txt', content: 'ONE\nTWO\nthree\nfour\nfive\n' }]);
      disk.put('a.txt', 'ONE\nTWO\nthree\nfour\nFIVE\n');
      await store.apply('h', [{ kind: 'write', path: 'a.txt', content: 'ONE\nTWO\n3\nfour\nFIVE\n' }]);
      await store.commit('h');
      await store.rollBack(['h'], { onConflict: 'stop' });
      assert.equal(disk.text('a.txt'), 'one\nTWO\nthree\nfour\nFIVE\n');
    });

    it('in UTF-16, and keeps the encoding', async () => {
      const wide = (text: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
      disk.put('w', wide('a\r\nb\r\nc\r\nd\r\n'));
      await generate('w', [{ kind: 'write', path: 'w', content: wide('A\r\nb\r\nc\r\nd\r\n') }]);
      disk.put('w', wide('A\r\nb\r\nc\r\nmine\r\n'));
      await store.rollBack(['w'], { onConflict: 'stop' });
      assert.deepEqual(fs.readFileSync(disk.at('w')), wide('a\r\nb\r\nc\r\nmine\r\n'));
    });

    it('in binary files by asking', async () => {
      disk.put('b', Buffer.from([0, 1]));
      await generate('b', [{ kind: 'write', path: 'b', content: Buffer.from([0, 2]) }]);
      disk.put('b', Buffer.from([0, 3]));
      assert.deepEqual((await store.rollBack(['b'], { onConflict: 'stop' })).conflicts, ['b']);
      await store.rollBack(['b'], { onConflict: 'old' });
      assert.deepEqual([...fs.readFileSync(disk.at('b'))], [0, 1]);
    });

    it('and what the person put into a folder that the generation made', async () => {
      await generate('d', [{ kind: 'write', path: 'new/made.txt', content: '' }]);
      disk.put('new/mine.txt', 'mine');
      await store.rollBack(['d'], { onConflict: 'stop' });
      assert.deepEqual(Object.keys(disk.snapshot()), ['a.txt', 'new', 'new/mine.txt']);
    });
  });

  describe('rolls back a choice', () => {
    beforeEach(async () => {
      disk.put('a.txt', '1\n2\n3\n4\n5\n6\n7\n8\n9\n');
      disk.put('b.txt', 'b\n');
      await generate('g', [
        { kind: 'write', path: 'a.txt', content: 'one\n2\n3\n4\nfive\n6\n7\n8\nnine\n' },
        { kind: 'write', path: 'b.txt', content: 'B\n' },
        { kind: 'write', path: 'new/c.txt', content: 'c\n' },
      ]);
    });

    it('of files, then the rest', async () => {
      await store.rollBack(['g'], { files: ['new/c.txt'], onConflict: 'stop' });
      assert.deepEqual(Object.keys(disk.snapshot()), ['a.txt', 'b.txt']);
      assert.equal(disk.text('b.txt'), 'B\n');
      assert.equal((await store.list())[0]?.state, 'partly');
      await store.rollBack(['g'], { onConflict: 'stop' });
      assert.equal(disk.text('b.txt'), 'b\n');
      assert.equal((await store.list())[0]?.state, 'rolledBack');
    });

    it('of a file by the name that it has now', async () => {
      await generate('h', [{ kind: 'rename', path: 'b.txt', to: 'moved/b.txt' }]);
      const { files } = await store.preview(['g'], { files: ['moved/b.txt'] });
      assert.deepEqual(
        files.map(({ path }) => path),
        ['moved/b.txt'],
      );
      await store.rollBack(['g'], { files: ['moved/b.txt'], onConflict: 'stop' });
      assert.equal(disk.text('moved/b.txt'), 'b\n');
      assert.match(disk.text('a.txt'), /^one/);
    });

    it('of hunks, then the rest', async () => {
      await store.rollBack(['g'], { hunks: { 'a.txt': [1] }, onConflict: 'stop' });
      assert.equal(disk.text('a.txt'), 'one\n2\n3\n4\n5\n6\n7\n8\nnine\n');
      assert.equal(disk.text('b.txt'), 'B\n');
      await store.rollBack(['g'], { onConflict: 'stop' });
      assert.equal(disk.text('a.txt'), '1\n2\n3\n4\n5\n6\n7\n8\n9\n');
      await assert.rejects(
        store.preview(['g'], { hunks: { 'a.txt': [9] } }).then(({ files }) => assert.equal(files.length, 1)),
      );
    });

    it('of hunks of a file that was moved, then the rest with the move', async () => {
      await generate('h', [
        { kind: 'rename', path: 'a.txt', to: 'moved/a.txt' },
        { kind: 'write', path: 'moved/a.txt', content: 'ONE\n2\n3\n4\nfive\n6\n7\n8\nNINE\n' },
      ]);
      await store.rollBack(['h'], { hunks: { 'moved/a.txt': [1] }, onConflict: 'stop' });
      assert.equal(disk.text('moved/a.txt'), 'ONE\n2\n3\n4\nfive\n6\n7\n8\nnine\n');
      assert.equal((await store.list())[1]?.state, 'partly');
      const { rollbackId } = await store.rollBack(['h'], { onConflict: 'stop' });
      assert.equal(disk.text('a.txt'), 'one\n2\n3\n4\nfive\n6\n7\n8\nnine\n');
      assert.deepEqual(Object.keys(disk.snapshot()), ['a.txt', 'b.txt', 'new', 'new/c.txt']);
      assert.equal((await store.list())[1]?.state, 'rolledBack');
      await store.redo(rollbackId ?? '');
      assert.equal(disk.text('moved/a.txt'), 'ONE\n2\n3\n4\nfive\n6\n7\n8\nnine\n');
    });

    it('of a hunk that the person changed since, and still the rest later', async () => {
      disk.put('a.txt', disk.text('a.txt').replace('five', 'my five'));
      const options = { hunks: { 'a.txt': [1] } };
      assert.deepEqual((await store.rollBack(['g'], { ...options, onConflict: 'stop' })).conflicts, ['a.txt']);
      await store.rollBack(['g'], { ...options, onConflict: 'old' });
      assert.equal(disk.text('a.txt'), 'one\n2\n3\n4\n5\n6\n7\n8\nnine\n');
      await store.rollBack(['g'], { onConflict: 'stop' });
      assert.equal(disk.text('a.txt'), '1\n2\n3\n4\n5\n6\n7\n8\n9\n');
    });

    it('of generations while others stay', async () => {
      await generate('h', [{ kind: 'write', path: 'a.txt', content: 'one\n2\n3\n4\nfive\n6\n7\neight\nnine\n' }]);
      await generate('i', [{ kind: 'write', path: 'b.txt', content: 'BB\n' }]);
      await store.rollBack(['g'], { files: ['a.txt'], onConflict: 'stop' }).then(({ conflicts }) => {
        assert.deepEqual(conflicts, ['a.txt'], 'lines 8 and 9 touch');
      });
      await store.rollBack(['g', 'i', 'h'], { onConflict: 'stop' });
      assert.equal(disk.text('a.txt'), '1\n2\n3\n4\n5\n6\n7\n8\n9\n');
      assert.equal(disk.text('b.txt'), 'b\n');
    });
  });

  it('captures what something outside the store does between record and commit', async () => {
    disk.put('doc.txt', 'old\n');
    disk.put('dir/in.txt', 'in');
    const old = disk.snapshot();
    await store.begin('g', { prompt: '' });
    await store.record('g', 'doc.txt');
    await store.record('g', 'made/new.txt');
    await store.record('g', 'dir');
    disk.put('doc.txt', 'new\n');
    disk.put('made/new.txt', 'made');
    fs.rmSync(disk.at('dir/in.txt'));
    disk.put('dir/sub/fresh.txt', 'fresh');
    await store.commit('g');
    assert.deepEqual(
      (await store.list())[0]?.files.map(({ path, kind, added, removed }) => [path, kind, added, removed]),
      [
        ['doc.txt', 'changed', 1, 1],
        ['made/new.txt', 'created', 1, 0],
        ['dir/in.txt', 'deleted', 0, 1],
        ['dir/sub/fresh.txt', 'created', 1, 0],
      ],
    );
    const { rollbackId } = await store.rollBack(['g'], { onConflict: 'stop' });
    assert.deepEqual(disk.snapshot(), { ...old });
    await store.redo(rollbackId ?? '');
    assert.equal(disk.text('dir/sub/fresh.txt'), 'fresh');
  });

  it('leaves a generation without commit interrupted, and rolls it back', async () => {
    disk.put('a.txt', 'a\n');
    disk.put('b.txt', 'b\n');
    const old = disk.snapshot();
    await store.begin('g', { prompt: 'cut off' });
    await store.apply('g', [{ kind: 'write', path: 'a.txt', content: 'A\n' }]);
    await store.record('g', 'b.txt');
    disk.put('b.txt', 'B\n');
    assert.equal((await store.list())[0]?.state, 'open');
    await store.close();
    store = await disk.open();
    assert.equal((await store.list())[0]?.state, 'interrupted');
    await store.rollBack(['g'], { onConflict: 'stop' });
    assert.deepEqual(disk.snapshot(), old);
    await assert.rejects(store.apply('g', []), { kind: 'notOpen' });
  });

  it('redoes after later generations and a restart', async () => {
    disk.put('a.txt', '1\n2\n3\n4\n5\n');
    await generate('g', [{ kind: 'write', path: 'a.txt', content: 'one\n2\n3\n4\n5\n' }]);
    const { rollbackId } = await store.rollBack(['g'], { onConflict: 'stop' });
    await generate('h', [{ kind: 'write', path: 'a.txt', content: '1\n2\n3\n4\nfive\n' }]);
    await store.close();
    store = await disk.open();
    assert.deepEqual((await store.list())[0]?.rollbacks, [rollbackId]);
    assert.deepEqual((await store.redo(rollbackId ?? '')).restored, ['a.txt']);
    assert.equal(disk.text('a.txt'), 'one\n2\n3\n4\nfive\n');
    assert.deepEqual((await store.redo(rollbackId ?? '')).restored, []);
  });

  it('refuses paths outside the folder by name and does nothing', async () => {
    const outside = path.join(disk.base, 'outside');
    fs.mkdirSync(outside);
    fs.symlinkSync(outside, disk.at('way'));
    fs.symlinkSync(path.join(outside, 'f'), disk.at('file'));
    await store.begin('g', { prompt: '' });
    for (const bad of ['../x', '/etc/passwd', 'a/../../x', 'way/x', 'file', 'way/deeper/x', 'half\ud83d.txt']) {
      const changes: FileChange[] = [
        { kind: 'write', path: 'good', content: '' },
        { kind: 'write', path: bad, content: 'x' },
      ];
      await assert.rejects(store.apply('g', changes), (error) => {
        assert.ok(error instanceof CheckpointError && error.kind === 'outside' && error.message.includes(bad));
        return true;
      });
      await assert.rejects(store.record('g', bad), { kind: 'outside' });
    }
    assert.deepEqual(fs.readdirSync(outside), []);
    assert.equal(fs.existsSync(disk.at('good')), false);
  });

  it('never writes through a folder that has become a link since', async () => {
    disk.put('d/a.txt', 'old');
    await generate('g', [{ kind: 'write', path: 'd/a.txt', content: 'new' }]);
    const outside = path.join(disk.base, 'outside');
    fs.renameSync(disk.at('d'), outside);
    fs.symlinkSync(outside, disk.at('d'));
    assert.deepEqual((await store.rollBack(['g'], { onConflict: 'old' })).restored, []);
    assert.equal(fs.readFileSync(path.join(outside, 'a.txt'), 'utf8'), 'new');
  });
});

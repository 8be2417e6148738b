import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import type { CheckpointStore } from '../../../../src/extension/node/checkpointStore.ts';
import { CheckpointError } from '../../../../src/extension/node/checkpoints/checkpointError.ts';
import { nodeFileSystem, type FileSystem } from '../../../../src/extension/node/checkpoints/nodeFileSystem.ts';
import { generated } from './generated.ts';
import { WorkspaceOnDisk } from './workspaceOnDisk.ts';

describe('checkpoint store in trouble', function () {
  this.timeout(60_000);
  let disk: WorkspaceOnDisk;
  let store: CheckpointStore;
  const journal = (): string => path.join(disk.dir, 'journal.jsonl');

  beforeEach(async () => {
    disk = new WorkspaceOnDisk();
    store = await disk.open();
  });
  afterEach(() => disk.remove());

  function generate(id: string, files: Record<string, string>): Promise<void> {
    const writes = Object.entries(files).map(([path, content]) => ({ kind: 'write' as const, path, content }));
    return generated(store, id, writes);
  }

  async function reopen(): Promise<void> {
    await store.close();
    store = await disk.open();
  }

  it('names a damaged content and restores everything else', async () => {
    disk.put('a.txt', 'a');
    disk.put('b.txt', 'b');
    await generate('g', { 'a.txt': 'A', 'b.txt': 'B' });
    const hash = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb';
    fs.writeFileSync(path.join(disk.dir, 'blobs', hash), 'X');
    const { files } = await store.preview(['g']);
    assert.deepEqual(files.map(({ path, damaged }) => [path, damaged]).sort(), [
      ['a.txt', true],
      ['b.txt', false],
    ]);
    const result = await store.rollBack(['g'], { onConflict: 'stop' });
    assert.deepEqual([result.restored, result.conflicts], [['b.txt'], ['a.txt']]);
    assert.deepEqual(result.damaged, [{ path: 'a.txt', blob: hash }]);
    assert.deepEqual([disk.text('a.txt'), disk.text('b.txt')], ['A', 'b']);
  });

  it('counts a content that the disk can’t read any more as damaged, whatever stands in its place', async () => {
    disk.put('a.txt', 'a');
    disk.put('b.txt', 'b');
    await generate('g', { 'a.txt': 'A', 'b.txt': 'B' });
    const hash = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb';
    const blob = path.join(disk.dir, 'blobs', hash);
    fs.rmSync(blob);
    fs.mkdirSync(blob);
    const { damaged, restored } = await store.rollBack(['g'], { onConflict: 'stop' });
    assert.deepEqual([damaged, restored], [[{ path: 'a.txt', blob: hash }], ['b.txt']]);
  });

  it('goes on with new checkpoints where somebody has removed its folder', async () => {
    await generate('g', { 'a.txt': 'A' });
    fs.rmSync(disk.dir, { recursive: true });
    assert.deepEqual(await store.list(), []);
    await generate('h', { 'a.txt': 'B' });
    await store.rollBack(['h'], { onConflict: 'stop' });
    assert.equal(disk.text('a.txt'), 'A');
    await reopen();
    assert.deepEqual(
      (await store.list()).map(({ id }) => id),
      ['h'],
    );
  });

  it('names the path that the system refuses, not the store', async () => {
    fs.symlinkSync('loop', disk.at('loop'));
    await store.begin('g', { prompt: '' });
    for (const given of ['x'.repeat(256), 'loop/x']) {
      const details = (error: unknown) => {
        assert.ok(error instanceof CheckpointError && error.details.path === given);
        return true;
      };
      await assert.rejects(store.apply('g', [{ kind: 'write', path: given, content: '' }]), details);
      await assert.rejects(store.record('g', given), details);
    }
  });

  it('names a damaged line of the journal, which costs only itself', async () => {
    disk.put('a.txt', 'a');
    await generate('g', { 'a.txt': 'A' });
    await generate('h', { 'b.txt': 'B' });
    const lines = fs.readFileSync(journal(), 'utf8').split('\n');
    const damaged = lines.findIndex((line) => line.includes('"type":"plan"') && line.includes('"id":"h"'));
    lines[damaged] = lines[damaged]?.replace('b.txt', 'c.txt') ?? '';
    fs.writeFileSync(journal(), lines.join('\n'));
    await reopen();
    assert.deepEqual((await store.usage()).damagedLines, [{ line: damaged + 1, id: 'h' }]);
    const [g, h] = await store.list();
    assert.deepEqual([g?.damagedLines, h?.damagedLines], [[], [damaged + 1]]);
    await store.rollBack(['g'], { onConflict: 'stop' });
    assert.equal(disk.text('a.txt'), 'a');
  });

  it('does not take an operation back because its last line is damaged', async () => {
    disk.put('a.txt', 'a');
    await store.begin('g', { prompt: '' });
    await store.apply('g', [{ kind: 'write', path: 'a.txt', content: 'A' }]);
    const text = fs.readFileSync(journal(), 'utf8');
    fs.writeFileSync(journal(), `${text.slice(0, -4)}x"}\n`);
    await reopen();
    assert.equal(disk.text('a.txt'), 'A');
    await store.rollBack(['g'], { onConflict: 'stop' });
    assert.equal(disk.text('a.txt'), 'a');
  });

  it('ignores a last line that was cut off, and goes on after it', async () => {
    await generate('g', { 'a.txt': 'A' });
    fs.appendFileSync(journal(), '0123456789abcdef {"type":"beg');
    await reopen();
    await generate('h', { 'a.txt': 'B' });
    await reopen();
    assert.deepEqual((await store.usage()).damagedLines, []);
    assert.deepEqual(
      (await store.list()).map(({ id, state }) => [id, state]),
      [
        ['g', 'kept'],
        ['h', 'kept'],
      ],
    );
  });

  it('begins the journal anew where even its first line was cut off', async () => {
    fs.writeFileSync(journal(), '0123456789abcdef {"type":"sto');
    await reopen();
    await generate('g', { 'a.txt': 'A' });
    assert.match(fs.readFileSync(journal(), 'utf8'), /^[0-9a-f]{16} \{"type":"store"/);
    assert.deepEqual((await store.usage()).damagedLines, []);
  });

  it('refuses a newer format by name', async () => {
    await generate('g', { 'a.txt': 'A' });
    await store.close();
    fs.writeFileSync(journal(), fs.readFileSync(journal(), 'utf8').replace('"formatVersion":1', '"formatVersion":2'));
    await assert.rejects(disk.open(), { kind: 'newerFormat', details: { path: journal(), version: '2' } });
  });

  it('says which file changed meanwhile, and has changed none', async () => {
    disk.put('a.txt', 'a');
    disk.put('b.txt', 'b');
    let armed = false;
    const meddling: FileSystem = {
      ...nodeFileSystem,
      rename: (from, to) => {
        nodeFileSystem.rename(from, to);
        if (armed && to.endsWith('a.txt')) disk.put('b.txt', 'somebody else');
      },
    };
    const meddled = await disk.open(meddling);
    await meddled.begin('g', { prompt: '' });
    armed = true;
    const changes = ['a.txt', 'b.txt'].map((path) => ({ kind: 'write' as const, path, content: 'new' }));
    await assert.rejects(meddled.apply('g', changes), { kind: 'changedMeanwhile', details: { path: 'b.txt' } });
    assert.deepEqual([disk.text('a.txt'), disk.text('b.txt')], ['a', 'somebody else']);
  });

  it('says that a file is in use or was deleted in the middle of a rollback, and has undone none of it', async () => {
    disk.put('a.txt', 'a');
    disk.put('b.txt', 'b');
    await generate('g', { 'a.txt': 'A', 'b.txt': 'B' });
    const meddled = async (meddle: () => void) => {
      const rename: FileSystem['rename'] = (from, to) => {
        if (to === disk.at('b.txt')) meddle();
        nodeFileSystem.rename(from, to);
        if (to === disk.at('a.txt')) meddle();
      };
      return (await disk.open({ ...nodeFileSystem, rename })).rollBack(['g'], { onConflict: 'stop' });
    };
    let isHeld = false;
    const held = () => {
      if (isHeld) throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
      isHeld = true;
    };
    await assert.rejects(meddled(held), { kind: 'locked', details: { path: 'b.txt', code: 'EBUSY' } });
    assert.deepEqual([disk.text('a.txt'), disk.text('b.txt')], ['A', 'B']);
    const deleted = () => {
      fs.rmSync(disk.at('b.txt'), { force: true });
    };
    await assert.rejects(meddled(deleted), { kind: 'changedMeanwhile', details: { path: 'b.txt' } });
    assert.equal(disk.text('a.txt'), 'A');
  });

  it('says that a folder is read-only, and has changed nothing', async () => {
    disk.put('a.txt', 'a');
    const readOnly: FileSystem = {
      ...nodeFileSystem,
      open: (path, flags, mode) => {
        if (flags === 'wx' && path.includes('locked')) throw Object.assign(new Error('EROFS'), { code: 'EROFS' });
        return nodeFileSystem.open(path, flags, mode);
      },
    };
    disk.put('locked/b.txt', 'b');
    const other = await disk.open(readOnly);
    await other.begin('g', { prompt: '' });
    const before = disk.snapshot();
    const changes = ['a.txt', 'locked/b.txt'].map((path) => ({ kind: 'write' as const, path, content: 'new' }));
    await assert.rejects(other.apply('g', changes), (error) => {
      assert.ok(error instanceof CheckpointError);
      assert.deepEqual([error.kind, error.details], ['readOnly', { path: 'locked/b.txt', code: 'EROFS' }]);
      return true;
    });
    assert.deepEqual(disk.snapshot(), before);
  });

  it('survives a second end in the middle of the recovery', async () => {
    disk.put('a.txt', 'a');
    disk.put('b.txt', 'b');
    const before = disk.snapshot();
    let dead = false;
    const dying = (after: number): FileSystem => {
      let renames = 0;
      return {
        ...nodeFileSystem,
        rename: (from, to) => {
          const inRoot = to.startsWith(disk.root);
          dead ||= inRoot && renames === after;
          if (dead) throw new Error('ended');
          renames += inRoot ? 1 : 0;
          nodeFileSystem.rename(from, to);
        },
        open: (path, flags, mode) => {
          if (dead && flags !== 'r') throw new Error('ended');
          return nodeFileSystem.open(path, flags, mode);
        },
        changeMode: (path, mode) => {
          if (dead) throw new Error('ended');
          nodeFileSystem.changeMode(path, mode);
        },
      };
    };
    const first = await disk.open(dying(1));
    await first.begin('g', { prompt: '' });
    const changes = ['a.txt', 'b.txt'].map((path) => ({ kind: 'write' as const, path, content: 'new' }));
    await assert.rejects(first.apply('g', changes));
    assert.equal(disk.text('a.txt'), 'new');
    dead = false;
    await disk.open(dying(0));
    assert.equal(disk.text('a.txt'), 'new');
    dead = false;
    await disk.open();
    assert.deepEqual(disk.snapshot(), before);
  });

  it('tells the case of names apart where the file system does not', async () => {
    const folded = (file: string): string => {
      const folder = path.dirname(file);
      if (!file.startsWith(disk.root) || !fs.existsSync(folder)) return file;
      const name = path.basename(file).toLowerCase();
      return path.join(
        folder,
        fs.readdirSync(folder).find((other) => other.toLowerCase() === name) ?? path.basename(file),
      );
    };
    const real = nodeFileSystem;
    const other = await disk.open({
      ...real,
      ignoresCase: true,
      lstat: (file) => real.lstat(folded(file)),
      open: (file, flags, mode) => real.open(folded(file), flags, mode),
      remove: (file) => real.remove(folded(file)),
      changeMode: (file, mode) => real.changeMode(folded(file), mode),
      rename: (from, to) => real.rename(folded(from), folded(to)),
    });
    disk.put('readme.md', 'r');
    const before = disk.snapshot();
    await other.begin('g', { prompt: '' });
    await other.apply('g', [{ kind: 'rename', path: 'readme.md', to: 'README.md' }]);
    await other.apply('g', [{ kind: 'write', path: 'ReadMe.md', content: 'R' }]);
    await other.commit('g');
    assert.deepEqual([Object.keys(disk.snapshot()), disk.text('README.md')], [['README.md'], 'R']);
    const { rollbackId } = await other.rollBack(['g'], { onConflict: 'stop' });
    assert.deepEqual(disk.snapshot(), before);
    await other.redo(rollbackId ?? '');
    assert.deepEqual(Object.keys(disk.snapshot()), ['README.md']);
  });

  it('serves two processes at once', async () => {
    disk.put('shared.txt', 'start\n');
    const children = ['p', 'q'].map((name) =>
      spawn(process.execPath, [path.join(import.meta.dirname, 'checkpointWriter.ts'), disk.dir, disk.root, name], {
        stdio: 'inherit',
      }),
    );
    await generate('own', { 'own.txt': 'own' });
    const codes = await Promise.all(children.map((child) => once(child, 'exit')));
    assert.deepEqual(
      codes.map(([code]: unknown[]) => code),
      [0, 0],
    );
    const list = await store.list();
    assert.equal(list.length, 21);
    assert.deepEqual((await store.usage()).damagedLines, []);
    const ids = list.map(({ id }) => id).filter((id) => id !== 'own');
    await store.rollBack(ids, { onConflict: 'stop' });
    assert.deepEqual(Object.keys(disk.snapshot()), ['own.txt', 'shared.txt']);
    assert.equal(disk.text('shared.txt'), 'start\n');
  });

  it('knows the open generation of another process, and one whose process has ended', async () => {
    const child = spawn(
      process.execPath,
      [path.join(import.meta.dirname, 'checkpointWriter.ts'), disk.dir, disk.root, 'wait'],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    await once(child.stdout, 'data');
    assert.equal((await store.list())[0]?.state, 'open');
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal((await store.list())[0]?.state, 'interrupted');
  });
});

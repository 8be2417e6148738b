import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { textSearch } from '../../../../src/extension/node/textSearch.ts';

const WORKER = path.resolve('src/extension/node/textSearchWorker.ts');

describe('a search for text', () => {
  let root: string;
  let outside: string;

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'tokenfare-search-'));
    outside = mkdtempSync(path.join(tmpdir(), 'tokenfare-outside-'));
  });

  afterEach(() => {
    for (const dir of [root, outside]) rmSync(dir, { recursive: true });
  });

  const put = (name: string, content: string) => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  };
  const search = (text: string, ...paths: string[]) =>
    textSearch(WORKER, { root, paths, text, keepsBack: { ignoreFile: 'kept*', excluded: {} } });

  it('finds lines in any case, with their places', async () => {
    put('a.ts', 'one\r\n  const Total = 1;\nother');
    put('src/b.ts', 'total();\n');
    assert.deepEqual(await search('total', 'a.ts', 'src/b.ts', 'gone.ts'), {
      lines: ['a.ts:2: const Total = 1;', 'src/b.ts:1: total();'],
      isComplete: true,
    });
    assert.deepEqual(await search('nowhere', 'a.ts'), { lines: [], isComplete: true });
  });

  it('reads nothing outside, nothing guarded or kept back behind a link, nothing large and nothing that is not text', async () => {
    writeFileSync(path.join(outside, 'private.txt'), 'secret');
    symlinkSync(path.join(outside, 'private.txt'), path.join(root, 'link.txt'));
    put('.env', 'secret');
    symlinkSync('.env', path.join(root, 'env.txt'));
    put('kept.txt', 'secret');
    symlinkSync('kept.txt', path.join(root, 'open.txt'));
    put('large.txt', `secret${'x'.repeat(600_000)}`);
    put('data.bin', 'secret\0');
    const { lines } = await search(
      'secret',
      'link.txt',
      'env.txt',
      'open.txt',
      'large.txt',
      'data.bin',
      '../outside.txt',
    );
    assert.deepEqual(lines, []);
  });

  it('lists no more than a model reads, and says so', async () => {
    put('many.txt', 'same\n'.repeat(500));
    const { lines, isComplete } = await search('same', 'many.txt', 'many.txt');
    assert.deepEqual([lines.length, isComplete], [100, false]);
  });
});

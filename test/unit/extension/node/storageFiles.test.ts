import assert from 'node:assert/strict';
import { linkSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StorageFiles } from '../../../../src/extension/node/storageFiles.ts';

describe('storage files', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(path.join(tmpdir(), 'tokenfare-storage-'))));
  afterEach(() => rmSync(dir, { recursive: true }));

  it('has no text where nothing was written', async () => {
    assert.equal(await new StorageFiles(dir).read('chat.json'), null);
  });

  it('puts a new file in the place of the old one, and never writes into it', async () => {
    const files = new StorageFiles(dir);
    await files.write('chat.json', 'old');
    linkSync(path.join(dir, 'chat.json'), path.join(dir, 'link.json'));
    await files.write('chat.json', 'new');
    assert.equal(readFileSync(path.join(dir, 'link.json'), 'utf8'), 'old');
    assert.equal(await files.read('chat.json'), 'new');
  });

  it('is never without a text while one takes the place of another', async () => {
    const files = new StorageFiles(path.join(dir, 'new'));
    await files.write('sessions/a.json', '0');
    const [seen] = await Promise.all([
      Promise.all(Array.from({ length: 50 }, () => files.read('sessions/a.json'))),
      ...Array.from({ length: 20 }, (_, n) => files.write('sessions/a.json', String(n))),
    ]);
    assert.ok(seen.every((text) => text !== null && text !== ''));
    assert.deepEqual(readdirSync(path.join(dir, 'new', 'sessions')), ['a.json']);
  });
});

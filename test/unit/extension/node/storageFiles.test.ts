import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
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

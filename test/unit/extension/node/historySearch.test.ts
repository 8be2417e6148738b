import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HistorySearch } from '../../../../src/extension/node/historySearch.ts';
import { prompt } from '../../../support/chatSnapshots.ts';
import { openSession } from '../../../support/openSession.ts';
import { StorageFiles } from '../../../../src/extension/node/storageFiles.ts';

const WORKER = path.resolve('src/extension/node/historyWorker.ts');

describe('the history’s thread', () => {
  let dir: string;
  let search: HistorySearch;

  beforeEach(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'tokenfare-history-'));
    const session = await openSession(new StorageFiles(dir), 's1');
    session.dispatch({ kind: 'sent', message: prompt('u1', 'Create a users table'), generation: 'g1' });
    await session.close();
    search = new HistorySearch(WORKER, path.join(dir, 'sessions'));
  });

  afterEach(() => {
    search.dispose();
    rmSync(dir, { recursive: true });
  });

  const titles = async (query: string) => (await search.search(query)).map(({ title }) => title);

  it('finds what was said in the files, and passes over one that cannot be read', async () => {
    writeFileSync(path.join(dir, 'sessions', 'broken.json'), '{');
    assert.deepEqual(await titles('users'), ['Create a users table']);
    assert.deepEqual(await titles('nowhere'), []);
  });

  it('reads them anew once it was disposed, and rejects what was still asked', async () => {
    assert.equal((await titles('')).length, 1);
    rmSync(path.join(dir, 'sessions', 's1.json'));
    assert.equal((await titles('')).length, 1);
    const asked = assert.rejects(search.search('users'), /closed/);
    search.dispose();
    await asked;
    assert.equal((await titles('')).length, 0);
  });
});

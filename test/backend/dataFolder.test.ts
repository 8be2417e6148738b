import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { dataFolder } from '../../src/backend/dataFolder.ts';

describe('a data folder that several backends want at the same moment', () => {
  let dataDir: string;
  let first: { release(): void };

  beforeEach(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'tokenfare-folder-'));
    first = dataFolder.take(dataDir) ?? assert.fail('the folder is new');
  });
  afterEach(() => {
    first.release();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const announce = (pid: number): Promise<void> =>
    dataFolder.announce(dataDir, { url: 'http://127.0.0.1:1', pid, version: '0.0.1', protocol: 1, instance: 'one' });

  /** Takes the folder in turn while one thing happens at each of its pauses: at all of them, and no others. */
  async function takeWhile(looks: number, ...things: (() => Promise<void> | void)[]) {
    const left = [...things];
    const pause = async () => (left.shift() ?? (() => assert.fail('a pause too many')))();
    const taken = await dataFolder.takeInTurn(dataDir, looks, pause);
    assert.equal(left.length, 0, 'a pause too few');
    return taken;
  }
  const nothing = (): void => undefined;

  it('is the first one’s, once that says where it is', async () => {
    assert.equal(await takeWhile(10, nothing, () => announce(process.pid)), null);
  });

  it('is waited for in spite of what a killed one had said', async () => {
    await announce(spawnSync(process.execPath, ['--version']).pid);
    assert.equal(await takeWhile(10, nothing, () => announce(process.pid)), null);
  });

  it('is the next one’s when the first ends before', async () => {
    const taken = await takeWhile(10, nothing, () => {
      first.release();
    });
    assert.ok(taken);
    first = taken;
    assert.equal(dataFolder.take(dataDir), null);
  });

  it('is waited for no longer than so many looks', async () => {
    assert.equal(await takeWhile(2, nothing, nothing), null);
    assert.equal(await takeWhile(0), null);
  });
});

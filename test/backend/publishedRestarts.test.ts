import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { PublicationBody, PublicationsBody } from '../../src/protocol/api.ts';
import { askApp } from '../support/askApp.ts';
import { eventually } from '../support/eventually.ts';
import { startBackend, type TestBackend } from '../support/startBackend.ts';
import { zipOf } from '../support/zipOf.ts';

describe('a published app and the process that serves it', () => {
  let dataDir: string;
  let backend: TestBackend;

  beforeEach(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'tokenfare-restarts-'));
  });
  afterEach(async () => {
    await backend.dispose();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const start = async (...args: string[]): Promise<void> => {
    backend = await startBackend({ config: {}, dataDir, args });
  };
  const post = async (files: Readonly<Record<string, string>>): Promise<Response> => {
    const body = new Uint8Array(await zipOf(files));
    return backend.request('/v1/publications', { method: 'POST', body });
  };
  const publish = async (words: string): Promise<PublicationBody> =>
    PublicationBody.parse(await (await post({ 'index.html': words })).json());
  const uploads = (id: string): string[] => readdirSync(path.join(dataDir, 'apps', id));

  it('is up again after a restart, at the same port of its own', async () => {
    await start();
    const before = await publish('still here');
    await backend.end('SIGTERM');
    await assert.rejects(askApp(before.portUrl ?? '', '/'));
    await start();
    const [after] = PublicationsBody.parse(await backend.json('/v1/publications')).publications;
    assert.deepEqual([after?.id, after?.version, after?.portUrl], [before.id, 1, before.portUrl]);
    for (const url of [after?.url ?? '', after?.portUrl ?? '']) {
      assert.equal((await askApp(url, '/')).body, 'still here');
    }
  });

  it('stays as it was when a publish is killed in the middle, and the rest of that is cleared away', async () => {
    await start();
    const { id, url } = await publish('old');
    const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`${n}.txt`, `file ${n}`]));
    const killed = post({ 'index.html': 'new', ...many });
    killed.catch(() => undefined);
    await eventually(() => assert.equal(uploads(id).length, 2), 30_000);
    assert.equal((await askApp(url, '/')).body, 'old');
    await backend.end('SIGKILL');
    await assert.rejects(killed);
    await start();
    const [up] = PublicationsBody.parse(await backend.json('/v1/publications')).publications;
    assert.deepEqual([up?.version, up?.versions.length], [1, 1]);
    assert.equal((await askApp(up?.url ?? '', '/')).body, 'old');

    const longAgo = path.join(dataDir, 'apps', id, '01890000-0000-7000-8000-000000000000');
    mkdirSync(longAgo);
    writeFileSync(path.join(longAgo, 'half'), 'half');
    const { version } = await publish('next');
    assert.equal(version, 2);
    // What may still be running somewhere is left; what began long ago is not.
    assert.deepEqual([existsSync(longAgo), uploads(id).length], [false, 3]);
  });

  it('keeps an embedded backend from ending for idleness, until it is taken down', async () => {
    await start('--exit-when-idle', '1');
    const { id } = await publish('up');
    const idle = await startBackend({ config: {}, args: ['--exit-when-idle', '1'] });
    await new Promise((resolve) => idle.child.once('exit', resolve));
    await idle.dispose();
    assert.deepEqual([backend.child.exitCode, backend.child.signalCode], [null, null]);
    const ended = new Promise((resolve) => backend.child.once('exit', resolve));
    await backend.request(`/v1/publications/${id}`, { method: 'DELETE' });
    assert.equal(await ended, 0);
  });
});

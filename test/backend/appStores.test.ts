import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'mocha';
import type { AppStore } from '../../src/backend/publications/appStore.ts';
import { FolderStore } from '../../src/backend/publications/folderStore.ts';
import { S3Store } from '../../src/backend/publications/s3Store.ts';
import { PublicationBody } from '../../src/protocol/api.ts';
import { askApp } from '../support/askApp.ts';
import { s3Keys, startS3Double, type S3Double } from '../support/s3Double.ts';
import { startBackend } from '../support/startBackend.ts';
import { zipOf } from '../support/zipOf.ts';

const s3 = { bucket: 'apps', prefix: 'in/here/', region: 'eu-central-1', ...s3Keys };

describe('where published apps are kept', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tokenfare-apps-'));
  let double: S3Double;

  before(async () => {
    double = await startS3Double();
  });
  after(async () => {
    await double.stop();
    rmSync(folder, { recursive: true });
  });

  const stores: readonly (readonly [string, () => AppStore])[] = [
    ['a folder', () => new FolderStore(folder)],
    ['an S3-compatible bucket', () => new S3Store({ ...s3, endpoint: double.endpoint })],
  ];
  for (const [what, open] of stores) {
    it(`${what} keeps, gives, lists and removes`, async () => {
      const store = open();
      const read = async (key: string, range?: { start: number; end: number }) => {
        const stream = await store.get(key, range);
        return stream && (await text(stream));
      };
      assert.deepEqual([await store.list('app/'), await read('app/one/a')], [[], null]);
      for (const key of ['app/one/a', 'app/one/b', 'app/two/a', 'app/two/b', 'apple/one/a']) {
        await store.put(key, Buffer.from(`bytes of ${key}`));
      }
      await store.put('app/two/b', Buffer.from(''));
      await store.sync('app/one/');
      assert.deepEqual((await store.list('app/')).sort(), ['app/one/a', 'app/one/b', 'app/two/a', 'app/two/b']);
      assert.equal(await read('app/one/a'), 'bytes of app/one/a');
      assert.equal(await read('app/one/a', { start: 6, end: 7 }), 'of');
      assert.equal(await read('app/two/b'), '');
      await store.remove('app/two/');
      await store.remove('app/none/');
      assert.deepEqual((await store.list('app/')).sort(), ['app/one/a', 'app/one/b']);
      await store.remove('app/');
      assert.deepEqual([await store.list('app/'), await read('apple/one/a')], [[], 'bytes of apple/one/a']);
    });
  }

  it('a bucket that is away for a moment is asked again, and one that refuses is not', async () => {
    const store = new S3Store({ ...s3, endpoint: double.endpoint });
    double.failNext(2);
    await store.put('again', Buffer.from('x'));
    const stranger = new S3Store({ ...s3, endpoint: double.endpoint, secretAccessKey: 'guessed' });
    const asked = double.asked();
    await assert.rejects(stranger.put('stolen', Buffer.from('x')), /answered 403/);
    await assert.rejects(stranger.get('again'), /answered 403/);
    assert.equal(double.asked(), asked + 2);
  });

  it('a backend on a bucket publishes into it, and serves from it', async () => {
    const environment = { STORE_ID: s3Keys.accessKeyId, STORE_SECRET: s3Keys.secretAccessKey };
    const publishing = { store: 's3://apps/of/us', endpoint: double.endpoint, accessKeyIdEnv: 'STORE_ID' };
    const config = { publishing: { ...publishing, secretAccessKeyEnv: 'STORE_SECRET' } };
    const backend = await startBackend({ config, environment });
    const body = new Uint8Array(await zipOf({ 'index.html': '<h1>Kept</h1>', 'a.js': '0123456789' }));
    const app = PublicationBody.parse(await backend.json('/v1/publications', { method: 'POST', body }));
    assert.equal((await askApp(app.url, '/')).body, '<h1>Kept</h1>');
    assert.equal((await askApp(app.url, '/a.js', { range: 'bytes=2-4' })).body, '234');
    const ours = () => [...double.objects.keys()].filter((key) => key.startsWith('of/us/'));
    assert.equal(ours().length, 3);
    await backend.request(`/v1/publications/${app.id}`, { method: 'DELETE' });
    assert.deepEqual(ours(), []);
    await backend.dispose();
    const without = startBackend({ config, dataDir: mkdtempSync(path.join(folder, 'without-')) });
    await assert.rejects(without, /publishing\.accessKeyIdEnv: the variable STORE_ID is not set/);
  });
});

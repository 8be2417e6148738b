import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { BucketTarget } from '../../../../src/extension/node/bucketTarget.ts';
import { s3Keys, startS3Double, type S3Double } from '../../../support/s3Double.ts';

describe('a bucket of one’s own', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tokenfare-bucket-'));
  let double: S3Double;
  let target: BucketTarget;

  before(async () => {
    double = await startS3Double();
    const place = { endpoint: double.endpoint, bucket: 'apps', region: 'auto', publicUrl: 'https://app.example/' };
    target = new BucketTarget({ ...place, ...s3Keys });
  });
  after(async () => {
    await double.stop();
    rmSync(folder, { recursive: true });
  });

  const publish = (files: Readonly<Record<string, string>>, project = 'p1') => {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    const sizes = Object.entries(files).map(([name, text]) => ({ path: name, size: text.length }));
    const app = {
      project,
      name: 'Shop',
      folder,
      files: sizes,
      bytes: 9,
      zip: () => Promise.resolve(Readable.from([])),
    };
    return target.publish(app, () => undefined);
  };
  const seen = (): Record<string, string> =>
    Object.fromEntries(
      [...double.objects].filter(([key]) => !key.startsWith('_')).map(([key, { bytes }]) => [key, bytes.toString()]),
    );

  it('shows what was published last, with its types', async () => {
    assert.equal(await target.find('p1'), null);
    const first = await publish({ 'index.html': 'one', 'old.js': '1', 'größe.css': 'a' });
    assert.deepEqual([first.url, first.version, first.files], ['https://app.example', 1, 3]);
    assert.deepEqual(seen(), { 'index.html': 'one', 'old.js': '1', 'größe.css': 'a' });
    assert.equal(double.objects.get('index.html')?.type, 'text/html; charset=utf-8');
    const second = await publish({ 'index.html': 'two', 'new.js': '2' });
    assert.deepEqual([second.version, second.versions.map(({ version }) => version)], [2, [2, 1]]);
    assert.deepEqual(seen(), { 'index.html': 'two', 'new.js': '2' });
  });

  it('shows an earlier version again, and counts on from the last', async () => {
    const up = await target.find('p1');
    assert.ok(up);
    await target.activate(up, 1);
    assert.deepEqual(seen(), { 'index.html': 'one', 'old.js': '1', 'größe.css': 'a' });
    assert.equal((await target.find('p1'))?.version, 1);
    await assert.rejects(target.activate(up, 7), /no such version/);
    assert.equal((await publish({ 'index.html': 'three' })).version, 3);
    assert.deepEqual(seen(), { 'index.html': 'three' });
  });

  it('is left alone by another app, and where it refuses the keys', async () => {
    await assert.rejects(publish({ 'index.html': 'other' }, 'p2'), /holds another app, Shop\. Nothing was changed/);
    const place = { endpoint: double.endpoint, bucket: 'apps', region: 'auto', publicUrl: 'https://app.example' };
    const stranger = new BucketTarget({ ...place, ...s3Keys, secretAccessKey: 'guessed' });
    await assert.rejects(stranger.find('p1'), /The keys were refused by 127\.0\.0\.1/);
    assert.deepEqual(seen(), { 'index.html': 'three' });
  });

  it('keeps ten versions, and nothing after it is taken down', async () => {
    for (let n = 4; n <= 13; n += 1) await publish({ 'index.html': String(n) });
    const versions = new Set([...double.objects.keys()].map((key) => /^_tokenfare\/(\d+)\//.exec(key)?.[1]));
    versions.delete(undefined);
    assert.equal(versions.size, 10);
    await target.unpublish();
    assert.deepEqual([...double.objects.keys()], []);
    await target.unpublish();
  });
});

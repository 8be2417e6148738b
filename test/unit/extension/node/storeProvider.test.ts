import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Config } from '../../../../src/protocol/config.ts';
import { storeProvider } from '../../../../src/extension/node/storeProvider.ts';

describe('storing a provider', () => {
  let dir: string;
  const read = () => JSON.parse(readFileSync(path.join(dir, 'config.json'), 'utf8')) as { upstreams: { id: string }[] };

  beforeEach(() => (dir = mkdtempSync(path.join(tmpdir(), 'tokenfare-provider-'))));
  afterEach(() => rmSync(dir, { recursive: true }));

  it('writes what the backend reads, with the key in a file of its own', async () => {
    await storeProvider({ id: 'p', baseUrl: 'https://example.com/v1', key: 'secret', models: ['m1', 'm2'] }, dir);
    const config = Config.parse(read());
    assert.deepEqual(
      config.upstreams[0]?.models.map(({ id }) => id),
      ['m1', 'm2'],
    );
    const keyFile = path.join(dir, config.upstreams[0].apiKeyFile ?? '');
    assert.equal(readFileSync(keyFile, 'utf8'), 'secret');
    assert.equal(statSync(keyFile).mode & 0o777, 0o600);
    assert.doesNotMatch(JSON.stringify(config), /secret/);
  });

  it('keeps everything else, and takes the place of the same provider', async () => {
    const other = { id: 'other', baseUrl: 'http://x/v1', models: [{ id: 'm' }] };
    writeFileSync(path.join(dir, 'config.json'), JSON.stringify({ supportUrl: 'https://s', upstreams: [other] }));
    const provider = { id: 'p', baseUrl: 'https://example.com/v1', key: '', models: ['m1'] };
    await storeProvider(provider, dir);
    await storeProvider({ ...provider, models: ['m2'] }, dir);
    const config = read();
    assert.deepEqual(config, {
      supportUrl: 'https://s',
      upstreams: [other, { id: 'p', baseUrl: 'https://example.com/v1', models: [{ id: 'm2' }] }],
    });
  });

  it('does not touch a configuration that it cannot read', async () => {
    writeFileSync(path.join(dir, 'config.json'), '{ broken');
    await assert.rejects(storeProvider({ id: 'p', baseUrl: 'https://x', key: 'k', models: ['m'] }, dir));
    assert.equal(readFileSync(path.join(dir, 'config.json'), 'utf8'), '{ broken');
  });
});

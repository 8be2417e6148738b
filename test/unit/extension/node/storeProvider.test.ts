import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Config } from '../../../../src/protocol/config.ts';
import { storeProvider } from '../../../../src/extension/node/storeProvider.ts';
import { memorySecrets } from '../../../support/memorySecrets.ts';

describe('storing a provider', () => {
  let dir: string;
  const read = () => JSON.parse(readFileSync(path.join(dir, 'config.json'), 'utf8')) as { upstreams: { id: string }[] };

  beforeEach(() => (dir = mkdtempSync(path.join(tmpdir(), 'tokenfare-provider-'))));
  afterEach(() => rmSync(dir, { recursive: true }));

  it('writes what the backend reads, and the key into the secret storage alone', async () => {
    const secrets = memorySecrets();
    await storeProvider(
      { id: 'p', baseUrl: 'https://example.com/v1', key: 'secret', models: ['m1', 'm2'] },
      secrets,
      dir,
    );
    const config = Config.parse(read());
    assert.deepEqual(
      config.upstreams[0]?.models.map(({ id }) => id),
      ['m1', 'm2'],
    );
    assert.equal(config.upstreams[0].apiKeyFrom, 'editor');
    assert.deepEqual([...secrets.kept], [['tokenfare.provider:p', 'secret']]);
    assert.deepEqual(readdirSync(dir), ['config.json']);
    assert.doesNotMatch(JSON.stringify(config), /secret/);
  });

  it('keeps everything else, and takes the place of the same provider', async () => {
    const other = { id: 'other', baseUrl: 'http://x/v1', models: [{ id: 'm' }] };
    writeFileSync(path.join(dir, 'config.json'), JSON.stringify({ supportUrl: 'https://s', upstreams: [other] }));
    const provider = { id: 'p', baseUrl: 'https://example.com/v1', key: '', models: ['m1'] };
    await storeProvider(provider, memorySecrets(), dir);
    await storeProvider({ ...provider, models: ['m2'] }, memorySecrets(), dir);
    const config = read();
    assert.deepEqual(config, {
      supportUrl: 'https://s',
      upstreams: [other, { id: 'p', baseUrl: 'https://example.com/v1', models: [{ id: 'm2' }] }],
    });
  });

  it('does not touch a configuration that it cannot read', async () => {
    writeFileSync(path.join(dir, 'config.json'), '{ broken');
    const secrets = memorySecrets();
    await assert.rejects(storeProvider({ id: 'p', baseUrl: 'https://x', key: 'k', models: ['m'] }, secrets, dir));
    assert.equal(secrets.kept.size, 0);
    assert.equal(readFileSync(path.join(dir, 'config.json'), 'utf8'), '{ broken');
  });
});

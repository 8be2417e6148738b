import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Config } from '../../../../src/protocol/config.ts';
import { providerKeys } from '../../../../src/extension/node/providerKeys.ts';
import { memorySecrets } from '../../../support/memorySecrets.ts';

describe('keys that an earlier version wrote into files', () => {
  let dir: string;
  const config = (): unknown => JSON.parse(readFileSync(path.join(dir, 'config.json'), 'utf8'));
  const write = (content: object) => {
    writeFileSync(path.join(dir, 'config.json'), JSON.stringify(content));
  };

  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'tokenfare-keys-'));
    mkdirSync(path.join(dir, 'keys'));
    writeFileSync(path.join(dir, 'keys', 'openai.txt'), 'sk-1\n');
  });
  afterEach(() => {
    rmSync(dir, { recursive: true });
  });

  it('go into the secret storage once, and the files go', async () => {
    const models = [{ id: 'm' }];
    const theirs = { id: 'own', baseUrl: 'http://y/v1', apiKeyFile: '/etc/own.key', models: [{ id: 'n' }] };
    const ours = { id: 'openai', baseUrl: 'http://x/v1', models };
    write({ supportUrl: 'https://s', upstreams: [theirs, { ...ours, apiKeyFile: path.join('keys', 'openai.txt') }] });
    const secrets = memorySecrets();
    await providerKeys.moveFromFiles(secrets, dir);
    await providerKeys.moveFromFiles(secrets, dir);
    assert.deepEqual([...secrets.kept], [['tokenfare.provider:openai', 'sk-1']]);
    const moved = { supportUrl: 'https://s', upstreams: [theirs, { ...ours, apiKeyFrom: 'editor' }] };
    assert.deepEqual(config(), moved);
    assert.equal(Config.parse(config()).upstreams[1]?.apiKeyFrom, 'editor');
    assert.equal(existsSync(path.join(dir, 'keys')), false);
  });

  it('stay where they are if the configuration cannot be read: the backend says what is wrong with it', async () => {
    writeFileSync(path.join(dir, 'config.json'), '{ broken');
    const secrets = memorySecrets();
    await providerKeys.moveFromFiles(secrets, dir);
    await providerKeys.handOver(secrets, dir, { url: 'http://127.0.0.1:9', key: 'k' });
    assert.equal(secrets.kept.size, 0);
    assert.equal(readFileSync(path.join(dir, 'keys', 'openai.txt'), 'utf8'), 'sk-1\n');
  });
});

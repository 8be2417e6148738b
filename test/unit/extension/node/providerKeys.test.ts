import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
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

  it('are handed over under the local key, each to its own provider, and to those of the editor alone', async () => {
    const asked: unknown[] = [];
    const backend = createServer((request, response) => {
      void json(request).then((body) => {
        asked.push([request.method, request.url, request.headers.authorization, body]);
        response.writeHead(204).end();
      });
    }).listen(0, '127.0.0.1');
    await once(backend, 'listening');
    const of = (id: string, more = {}) => ({ id, baseUrl: `https://${id}.example.com/v1`, ...more });
    const editor = { apiKeyFrom: 'editor' };
    write({ upstreams: [of('one', editor), of('two', editor), of('none', editor), of('file', { apiKeyFile: 'f' })] });
    const secrets = memorySecrets();
    for (const id of ['one', 'two', 'file']) await providerKeys.store(secrets, id, `sk-${id}`);
    const url = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
    await providerKeys.handOver(secrets, dir, { url, key: 'local' });
    backend.close();
    const keys = { one: 'sk-one', two: 'sk-two' };
    assert.deepEqual(asked, [['POST', '/v1/upstreams/keys', 'Bearer local', { keys }]]);
  });
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { backendPid, endBackend } from '../../scripts/endBackend.ts';
import { isRunning } from '../../scripts/isRunning.ts';
import { BackendUnavailable } from '../../src/extension/backend/backendUnavailable.ts';
import type { Endpoint } from '../../src/extension/backend/endpoint.ts';
import { EmbeddedBackend } from '../../src/extension/node/embeddedBackend.ts';
import { dataFolder } from '../../src/backend/dataFolder.ts';
import { version } from '../../src/backend/version.ts';
import { eventually } from '../support/eventually.ts';
import { startFakeUpstream } from '../support/fakeUpstream.ts';
import { memorySecrets } from '../support/memorySecrets.ts';

const SCRIPT = path.resolve('src/backend/main.ts');
const never = new AbortController().signal;

describe('the embedded backend', () => {
  let dataDir: string;
  let stranger: Server | undefined;

  beforeEach(() => {
    dataDir = path.join(mkdtempSync(path.join(tmpdir(), 'tokenfare-embedded-')), 'data');
    stranger = undefined;
  });

  afterEach(async () => {
    await endBackend(dataDir);
    stranger?.close();
    rmSync(path.dirname(dataDir), { recursive: true });
  });

  function window(its = version, secrets = memorySecrets()): EmbeddedBackend {
    return new EmbeddedBackend({ script: SCRIPT, dataDir, version: its, secrets });
  }

  /** Leaves a discovery file that names the given port and process. */
  function announce(port: number, process: { pid: number; version: string; protocol: number }): void {
    const discovery = { url: `http://127.0.0.1:${String(port)}`, instance: 'it', ...process };
    writeFileSync(path.join(dataDir, 'backend.json'), JSON.stringify(discovery));
  }

  async function isAnswered({ url, key }: { url: string; key: string }): Promise<boolean> {
    const answer = await fetch(`${url}/v1/account`, { headers: { authorization: `Bearer ${key}` } });
    return answer.status === 200;
  }

  it('is started where there is none, for this user alone', async () => {
    assert.equal(await isAnswered(await window().locate(never)), true);
    const modes = ['key', 'backend.json', 'backend.log'].map((file) => statSync(path.join(dataDir, file)).mode & 0o777);
    assert.deepEqual([...modes, statSync(dataDir).mode & 0o777], [0o600, 0o600, 0o600, 0o700]);
  });

  it('is one process for two windows that start at once', async () => {
    const [one, other] = await Promise.all([window().locate(never), window().locate(never)]);
    assert.deepEqual(one, other);
    assert.equal(await isAnswered(one), true);
  });

  it('is started anew after it was killed, its discovery file left behind', async () => {
    await window().locate(never);
    const killed = backendPid(dataDir);
    assert.ok(killed !== undefined);
    process.kill(killed, 'SIGKILL');
    await eventually(() => {
      assert.equal(isRunning(killed), false);
    });
    assert.ok(existsSync(path.join(dataDir, 'backend.json')));
    assert.equal(await isAnswered(await window().locate(never)), true);
    assert.notEqual(backendPid(dataDir), killed);
  });

  it('is drained and replaced by a newer extension, and kept by an older one', async () => {
    const first = await window().locate(never);
    const older = backendPid(dataDir);
    assert.deepEqual(await window('0.0.1').locate(never), first);
    assert.equal(backendPid(dataDir), older);
    const replaced = await window('99.0.0').locate(never);
    assert.equal(await isAnswered(replaced), true);
    assert.notEqual(backendPid(dataDir), older);
    assert.equal(older !== undefined && isRunning(older), false);
  });

  it('replaces also an older one that another window starts at the same moment', async () => {
    const older = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
    stranger = createServer((_, response) => {
      response.end(JSON.stringify({ status: 'ok', version: '0.0.1', protocol: 1, instance: 'it' }));
    }).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    const folder = dataFolder.take(dataDir);
    older.once('exit', () => {
      stranger?.close();
      folder?.release();
    });
    const located = window('99.0.0').locate(never);
    await eventually(() => assert.ok(existsSync(path.join(dataDir, 'backend.log'))));
    announce(port, { pid: older.pid ?? 0, version: '0.0.1', protocol: 1 });
    assert.equal(await isAnswered(await located), true);
    assert.equal(older.signalCode, 'SIGTERM');
  });

  it('is started again where the one that it came second to ends', async () => {
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
    const folder = dataFolder.take(dataDir);
    announce(9, { pid: other.pid ?? 0, version, protocol: 1 });
    const located = window().locate(never);
    const log = path.join(dataDir, 'backend.log');
    await eventually(() => assert.match(readFileSync(log, 'utf8'), /^Another Tokenfare backend is using/));
    other.kill();
    folder?.release();
    assert.equal(await isAnswered(await located), true);
  });

  it('ends when its configuration changes, while no call is open, so that the next one has it', async () => {
    const { url, key } = await window().locate(never);
    const first = backendPid(dataDir);
    const events = await fetch(`${url}/v1/account/events`, { headers: { authorization: `Bearer ${key}` } });
    const upstreams = [{ id: 'late', baseUrl: 'http://127.0.0.1:9/v1', models: [{ id: 'late-model' }] }];
    writeFileSync(path.join(dataDir, 'config.json'), JSON.stringify({ upstreams, ollama: { discover: false } }));
    await events.text();
    const models = await eventually(async () => {
      const next = await window().locate(never);
      const answer = await fetch(`${next.url}/v1/models`, { headers: { authorization: `Bearer ${next.key}` } });
      assert.equal(answer.status, 200);
      return answer.text();
    });
    assert.match(models, /"late-model"/);
    assert.notEqual(backendPid(dataDir), first);
  });

  it('has the keys of providers from each window that knows them, and takes them from nobody else', async () => {
    const provider = await startFakeUpstream();
    const upstreams = [{ id: 'p', baseUrl: provider.baseUrl, apiKeyFrom: 'editor', models: [{ id: 'p-model' }] }];
    mkdirSync(dataDir);
    writeFileSync(path.join(dataDir, 'config.json'), JSON.stringify({ upstreams, ollama: { discover: false } }));
    const knowing = window(version, memorySecrets(new Map([['tokenfare.provider:p', 'sk-1']])));
    const keySent = async ({ url, key }: Endpoint): Promise<string | undefined> => {
      const body = JSON.stringify({ model: 'p-model', messages: [{ role: 'user', content: 'Hi' }] });
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      await (await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers, body })).text();
      return provider.requests.at(-1)?.headers.authorization;
    };
    assert.equal(await keySent(await window().locate(never)), undefined);
    const endpoint = await knowing.locate(never);
    assert.equal(await keySent(endpoint), 'Bearer sk-1');
    await endBackend(dataDir);
    assert.equal(await keySent(await knowing.locate(never)), 'Bearer sk-1');
    const { url, key } = await window().locate(never);
    const post = (route: string, bearer: string, body: object): Promise<Response> =>
      fetch(url + route, {
        ...{ method: 'POST', headers: { authorization: `Bearer ${bearer}` }, body: JSON.stringify(body) },
      });
    const other = (await (await post('/v1/keys', key, { name: 'other' })).json()) as { key: string };
    assert.equal((await post('/v1/upstreams/keys', other.key, { keys: { p: 'stolen' } })).status, 404);
    assert.equal(await keySent({ url, key }), 'Bearer sk-1');
    await provider.close();
  });

  it('puts a log aside that has grown large, and begins another', async () => {
    await window().locate(never);
    await endBackend(dataDir);
    const log = path.join(dataDir, 'backend.log');
    writeFileSync(log, 'x'.repeat(5_000_001));
    await window().locate(never);
    assert.equal(statSync(`${log}.old`).size, 5_000_001);
    assert.ok(statSync(log).size < 5_000_000);
  });

  it('is never taken for another program that has its port and its process number now', async () => {
    await window().locate(never);
    await endBackend(dataDir);
    const innocent = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
    const asked: (string | undefined)[] = [];
    stranger = createServer((request, response) => {
      asked.push(request.headers.authorization);
      response.end(JSON.stringify({ status: 'ok', version: '0.0.1', protocol: 1, instance: 'another' }));
    }).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    announce(port, { pid: innocent.pid ?? 0, version: '0.0.1', protocol: 1 });
    const endpoint = await window().locate(never);
    assert.notEqual(endpoint.url, `http://127.0.0.1:${String(port)}`);
    assert.equal(await isAnswered(endpoint), true);
    assert.ok(asked.length > 0 && asked.every((key) => key === undefined), 'it was asked for its health alone');
    assert.equal(innocent.signalCode, null);
    innocent.kill();
  });

  it('without its key says which file is missing', async () => {
    await window().locate(never);
    rmSync(path.join(dataDir, 'key'));
    await assert.rejects(window().locate(never), (error) => {
      return error instanceof BackendUnavailable && /The key in .* cannot be read/.test(error.message);
    });
  });

  it('of another protocol asks for a reload, and is left alone', async () => {
    await window().locate(never);
    await endBackend(dataDir);
    stranger = createServer((_, response) => {
      response.end(JSON.stringify({ status: 'ok', version: '99.0.0', protocol: 99, instance: 'it' }));
    }).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    announce(port, { pid: process.pid, version: '99.0.0', protocol: 99 });
    await assert.rejects(window().locate(never), (error) => {
      return error instanceof BackendUnavailable && /99\.0\.0.*Reload the window/.test(error.message);
    });
    rmSync(path.join(dataDir, 'backend.json'));
  });

  it('that cannot start says its own last sentence, and asks for nothing to be signed in to', async () => {
    await window().locate(never);
    await endBackend(dataDir);
    writeFileSync(path.join(dataDir, 'config.json'), '{"databse":"sqlite:other.db"}');
    await assert.rejects(window().locate(never), (error) => {
      return error instanceof BackendUnavailable && !error.signedOut && /databse/.test(error.message);
    });
    assert.match(readFileSync(path.join(dataDir, 'backend.log'), 'utf8'), /databse/);
  });
});

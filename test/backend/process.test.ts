import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { AccountBody, Discovery, GenerationBody, SECOND_EXIT_CODE } from '../../src/protocol/api.ts';
import { startFakeUpstream } from '../support/fakeUpstream.ts';
import { readStream, streamedCharge, streamedText } from '../support/readStream.ts';
import { configFor, launchBackend, runAdmin, startBackend, type BackendOptions } from '../support/startBackend.ts';

describe('the backend as a process', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'tokenfare-process-'));
  });
  afterEach(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** The last line of a start that fails. */
  const refusedStart = async (options: BackendOptions, code = 1): Promise<string> => {
    const { exited, log } = launchBackend(dataDir, options);
    assert.equal(await exited, code);
    const line = log().trim().split('\n').at(-1) ?? '';
    assert.doesNotMatch(line, /^[{\s]|\n/);
    return line;
  };

  it('keeps key and discovery file to its user, and takes the announcement back when it ends', async () => {
    const backend = await startBackend({ dataDir });
    const file = path.join(dataDir, 'backend.json');
    const discovery = Discovery.parse(JSON.parse(readFileSync(file, 'utf8')));
    assert.deepEqual([discovery.url, discovery.pid, discovery.protocol], [backend.url, backend.child.pid, 1]);
    for (const name of ['key', 'backend.json', 'tokenfare.db']) {
      assert.equal(statSync(path.join(dataDir, name)).mode & 0o777, 0o600, name);
    }
    assert.equal(await backend.end('SIGTERM'), 0);
    assert.equal(existsSync(file), false);
    const again = await startBackend({ dataDir });
    assert.equal(again.key, backend.key);
    await again.dispose();
  });

  it('is the only one on its data folder', async () => {
    const backend = await startBackend({ dataDir });
    assert.match(await refusedStart({}, SECOND_EXIT_CODE), /^Another Tokenfare backend is using the data folder /);
    await backend.end('SIGKILL');
    await (await startBackend({ dataDir })).dispose();
  });

  it('is the only one on a database that is elsewhere', async () => {
    const other = mkdtempSync(path.join(tmpdir(), 'tokenfare-other-'));
    const config = { database: `sqlite:${path.join(other, 'one.db')}` };
    const { listening, end } = launchBackend(other, { config });
    await listening;
    assert.match(await refusedStart({ config }), /^Another Tokenfare backend is using the/);
    await end('SIGTERM');
    rmSync(other, { recursive: true, force: true });
  });

  it('says in one line what is wrong with its configuration', async () => {
    assert.match(
      await refusedStart({ config: { limits: { requests: 1 } } }),
      /^Configuration: \/.*\/test-config\.json: limits\.requests is not a known setting\.$/,
    );
  });

  it('says that its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    assert.equal(await refusedStart({ args: ['--port', String(port)] }), `Port ${port} is in use.`);
    server.close();
  });

  it('says that its database is not one, or from a newer version', async () => {
    const file = path.join(dataDir, 'tokenfare.db');
    writeFileSync(file, 'This is no database at all, but long enough to look like a file. '.repeat(20));
    assert.match(await refusedStart({}), /cannot be used: file is not a database\.$/);
    rmSync(file);
    await (await startBackend({ dataDir })).end('SIGTERM');
    const database = new DatabaseSync(file);
    database.exec("INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-later', '2030-01-01')");
    database.close();
    assert.match(await refusedStart({}), /is from a newer version of Tokenfare \(it has 9999-later\)\.$/);
  });

  it('ends by itself when nobody has wanted anything for a while', async () => {
    const { listening, exited } = launchBackend(dataDir, { args: ['--exit-when-idle', '1'] });
    await listening;
    assert.equal(await exited, 0);
  });

  it('lets an open answer end when it is told to end, and ends event streams', async () => {
    const upstream = await startFakeUpstream();
    const more = Promise.withResolvers<undefined>();
    upstream.next({ text: ['Half', ' whole'], afterPiece: () => more.promise, usage: { prompt: 9, completion: 2 } });
    const backend = await startBackend({ dataDir, config: configFor(upstream.baseUrl) });
    const events = await backend.request('/v1/account/events');
    const json = { model: 'test-model', stream: true, messages: [{ role: 'user', content: 'Hi' }] };
    const response = await backend.request('/v1/chat/completions', { json });
    const exit = backend.end('SIGTERM');
    await events.text();
    // Whoever looks for a backend from now on needs the next one.
    assert.equal(existsSync(path.join(dataDir, 'backend.json')), false);
    more.resolve(undefined);
    const answer = await readStream(response);
    assert.equal(streamedText(answer), 'Half whole');
    assert.ok(streamedCharge(answer).charged > 0);
    assert.equal(await exit, 0);
    assert.equal((await runAdmin(dataDir, ['ledger', 'verify'])).code, 0);
    await upstream.close();
  });

  it('answers in local mode only to names of this computer', async () => {
    const backend = await startBackend({ dataDir });
    const statusFor = async (host: string): Promise<number | undefined> => {
      const asked = request(`${backend.url}/healthz`, { headers: { host } });
      asked.end();
      const [answer] = (await once(asked, 'response')) as [{ statusCode?: number; resume(): void }];
      answer.resume();
      return answer.statusCode;
    };
    assert.deepEqual(
      await Promise.all(['localhost', '127.0.0.1:1', 'evil.example', 'localhost.evil.example'].map(statusFor)),
      [200, 200, 404, 404],
    );
    await backend.dispose();
  });

  it('in keys mode knows accounts by their keys, until these are revoked', async () => {
    const upstream = await startFakeUpstream();
    const config = configFor(upstream.baseUrl, { auth: { mode: 'keys' } });
    const created = await runAdmin(dataDir, [
      'accounts',
      'create',
      '--email',
      'ann@example.com',
      '--plan',
      'pro',
      '--json',
    ]);
    const { id, key } = JSON.parse(created.stdout) as { id: string; key: string };
    const backend = await startBackend({ dataDir, config, key });
    const { account, balance, planIsGiven } = AccountBody.parse(await backend.json('/v1/account'));
    assert.deepEqual([account, balance.available, planIsGiven], [{ id, email: 'ann@example.com' }, 1_500_000, true]);
    assert.equal(existsSync(path.join(dataDir, 'backend.json')), false);
    const json = { model: 'test-model', messages: [{ role: 'user', content: 'Hi' }] };
    await backend.json('/v1/chat/completions', { json, headers: { 'Idempotency-Key': 'mine' } });
    GenerationBody.parse(await backend.json('/v1/generations/mine'));

    const second = JSON.parse(
      (await runAdmin(dataDir, ['accounts', 'create', '--email', 'bob@example.com', '--json'])).stdout,
    ) as { key: string };
    const asBob = { authorization: `Bearer ${second.key}` };
    assert.equal((await backend.request('/v1/generations/mine', { headers: asBob })).status, 404);
    const shown = JSON.parse((await runAdmin(dataDir, ['accounts', 'show', id, '--json'])).stdout) as {
      keys: { id: string }[];
    };
    await runAdmin(dataDir, ['keys', 'revoke', shown.keys[0]?.id ?? '']);
    assert.equal((await backend.request('/v1/account')).status, 401);
    assert.equal((await runAdmin(dataDir, ['accounts', 'create', '--email', 'bob@example.com'])).code, 1);
    const { id: bob } = AccountBody.parse(await backend.json('/v1/account', { headers: asBob })).account;
    assert.match((await runAdmin(dataDir, ['accounts', 'give', bob, 'pro-3k'])).stdout, /nobody pays for it\.\n$/);
    const given = AccountBody.parse(await backend.json('/v1/account', { headers: asBob }));
    assert.deepEqual([given.plan.id, given.planIsGiven, given.balance.available], ['pro-3k', true, 3_000_000]);
    await backend.dispose();
    await upstream.close();
  });

  it('copies its database while it is in use', async () => {
    const backend = await startBackend({ dataDir });
    const copy = path.join(dataDir, 'copy.db');
    assert.equal((await runAdmin(dataDir, ['backup', copy])).code, 0);
    const database = new DatabaseSync(copy, { readOnly: true });
    assert.equal(database.prepare('SELECT available FROM ledger_accounts').get()?.['available'], 300_000);
    database.close();
    await backend.dispose();
  });

  it('logs one line a request, with nothing that a person wrote and no secret', async () => {
    const backend = await startBackend({ dataDir });
    const json = { model: 'builder', messages: [{ role: 'user', content: 'Create a table of zebras' }] };
    await backend.json('/v1/chat/completions', { json });
    await backend.end('SIGTERM');
    const lines = backend
      .log()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(lines.filter((line) => line['path'] === '/v1/chat/completions').length, 1);
    assert.doesNotMatch(backend.log(), /zebra/i);
    assert.ok(!backend.log().includes(backend.key));
  });
});

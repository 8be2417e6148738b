import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'mocha';
import { OpenAiUpstream } from '../../src/backend/models/openAiUpstream.ts';
import { startFakeUpstream } from '../support/fakeUpstream.ts';
import { runAdmin } from '../support/startBackend.ts';

describe('configured services', () => {
  it('are tested in clear words: there, without a model, without a key, without a list, or not there', async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'tokenfare-upstreams-'));
    const upstream = await startFakeUpstream();
    const withoutList = createServer((request, response) => {
      request.resume();
      response.writeHead(request.method === 'GET' ? 404 : 200, { 'content-type': 'application/json' });
      response.end('{"choices":[]}');
    }).listen(0, '127.0.0.1');
    await once(withoutList, 'listening');
    const { port } = withoutList.address() as AddressInfo;
    writeFileSync(path.join(dataDir, 'key'), 'refused');
    const named = (id: string, model: string, more: object = {}) => ({
      ...{ id, baseUrl: upstream.baseUrl, models: [{ id: model }] },
      ...more,
    });
    const config = path.join(dataDir, 'config.json');
    const upstreams = [
      named('good', 'listed-model'),
      named('lacking', 'other-model'),
      named('locked', 'locked-model', { apiKeyFile: 'key' }),
      named('bare', 'bare-model', { baseUrl: `http://127.0.0.1:${port}/v1` }),
      named('gone', 'gone-model', { baseUrl: 'http://127.0.0.1:9/v1' }),
    ];
    writeFileSync(config, JSON.stringify({ upstreams }));
    const { code, stdout } = await runAdmin(dataDir, ['upstreams', 'test'], config);
    assert.equal(code, 1);
    const lines = stdout.trim().split('\n');
    assert.deepEqual(lines.slice(0, 2), [
      'ok      good: it answers and lists 1 model, listed-model among them.',
      'broken  lacking: it answers and lists 1 model, but not other-model.',
    ]);
    assert.match(lines[2] ?? '', /^broken {2}locked: it refuses the key \(401 .*no such key.*\)\.$/);
    assert.equal(lines[3], 'ok      bare: it has no list of models, and bare-model answers.');
    assert.match(lines[4] ?? '', /^broken {2}gone: it can't be reached: /);
    writeFileSync(config, JSON.stringify({ upstreams: upstreams.slice(0, 1) }));
    const good = await runAdmin(dataDir, ['upstreams', 'test', '--json'], config);
    const [report] = (JSON.parse(good.stdout) as { upstreams: object[] }).upstreams;
    assert.deepEqual([good.code, report && 'ok' in report && report.ok], [0, true]);
    withoutList.close();
    await upstream.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('are not called broken for a key that only the editor has, but for not being there', async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'tokenfare-upstreams-'));
    const upstream = await startFakeUpstream();
    const refusing = createServer((request, response) => {
      request.resume();
      response.writeHead(401).end('{"error":{"message":"no key"}}');
    }).listen(0, '127.0.0.1');
    await once(refusing, 'listening');
    const { port } = refusing.address() as AddressInfo;
    const named = (id: string, baseUrl: string) => ({
      ...{ id, baseUrl, apiKeyFrom: 'editor' },
      models: [{ id: id === 'open' ? 'listed-model' : `${id}-model` }],
    });
    const config = path.join(dataDir, 'config.json');
    const [open, locked] = [named('open', upstream.baseUrl), named('locked', `http://127.0.0.1:${port}/v1`)];
    writeFileSync(config, JSON.stringify({ upstreams: [open, locked] }));
    const { code, stdout } = await runAdmin(dataDir, ['upstreams', 'test'], config);
    assert.equal(code, 0);
    const lines = stdout.trim().split('\n');
    assert.equal(lines[0], 'ok      open: it answers and lists 1 model, listed-model among them.');
    assert.match(
      lines[1] ?? '',
      /^not tested here {2}locked: it is there, but its key is in VS Code's secret storage.*Choose Model/,
    );
    refusing.close();
    writeFileSync(config, JSON.stringify({ upstreams: [locked] }));
    const gone = await runAdmin(dataDir, ['upstreams', 'test', '--json'], config);
    assert.equal(gone.code, 1);
    assert.match(gone.stdout, /"ok":false,.*can't be reached/);
    await upstream.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('are given up when they stall in the middle of an answer', async () => {
    const service = await startFakeUpstream();
    service.next({ raw: 'data: {"choices":[]}\n\n', staysOpen: true });
    const upstream = new OpenAiUpstream({
      ...{ id: 'stalled', baseUrl: service.baseUrl, apiKey: null, outputLimitField: null },
      models: () => Promise.resolve([]),
      betweenChunksMs: 50,
    });
    const body = { stream: true };
    const answer = await upstream.complete(body, new AbortController().signal, JSON.stringify(body));
    await assert.rejects(answer.body.toArray(), /Body Timeout/);
    await upstream.close();
    await service.close();
  });
});

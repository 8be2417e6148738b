import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { ModelsBody } from '../../src/protocol/api.ts';
import { eventually } from '../support/eventually.ts';
import { ask } from '../support/meteredBackend.ts';
import { startFakeUpstream, type FakeUpstream } from '../support/fakeUpstream.ts';
import { startBackend, type TestBackend } from '../support/startBackend.ts';

/** Nothing listens here. */
const NOWHERE = 'http://127.0.0.1:9/v1';

describe('what operators see of a backend', () => {
  let upstream: FakeUpstream;
  let backend: TestBackend;

  before(async () => {
    upstream = await startFakeUpstream();
    const upstreams = [
      { id: 'fake', baseUrl: upstream.baseUrl, models: [{ id: 'test-model' }] },
      { id: 'gone', baseUrl: NOWHERE, models: [{ id: 'gone-model' }] },
    ];
    backend = await startBackend({ config: { upstreams } });
  });
  after(async () => {
    await backend.dispose();
    await upstream.close();
  });

  /** Every sample by its name and labels, as Prometheus reads them. */
  const metrics = async (): Promise<(name: string) => number> => {
    const lines = (await (await backend.request('/metrics')).text()).split('\n');
    const samples = new Map(
      lines.map((line) => {
        const end = line.lastIndexOf(' ');
        return [line.slice(0, end).replace(/^tokenfare_/, ''), Number(line.slice(end + 1))] as const;
      }),
    );
    return (name) => samples.get(name) ?? assert.fail(`there is no ${name}`);
  };

  it('says how each service is, and lists the models of one that fails', async () => {
    await eventually(async () => {
      const { data } = ModelsBody.parse(await backend.json('/v1/models'));
      assert.deepEqual(
        data.map(({ id, tokenfare }) => [id, tokenfare.failing]),
        [
          ['builder', undefined],
          ['test-model', undefined],
          ['gone-model', true],
        ],
      );
    });
    const value = await metrics();
    assert.deepEqual([value('upstream_up{upstream="fake"}'), value('upstream_up{upstream="gone"}')], [1, 0]);
  });

  it('counts and times requests, holds, settlements, services and commits', async () => {
    const complete = (json: object = ask): Promise<Response> => backend.request('/v1/chat/completions', { json });
    const before = await metrics();
    // Ten model tokens were allowed, and a thousand are reported.
    upstream.next({ text: ['x'], usage: { prompt: 20, completion: 1_000 } }, { status: 500 });
    assert.equal((await complete({ ...ask, max_tokens: 10 })).status, 200);
    assert.equal((await complete()).status, 502);
    const more = Promise.withResolvers<undefined>();
    upstream.next({ text: ['One'], afterPiece: () => more.promise });
    const open = complete();
    await upstream.received(3);
    const during = await metrics();
    assert.equal(during('open_holds'), 1);
    more.resolve(undefined);
    assert.equal((await open).status, 200);
    const value = await metrics();
    const grown = (name: string): number => value(name) - before(name);
    assert.equal(value('open_holds'), 0);
    assert.equal(value('http_requests_total{method="POST",status="200"}'), 2);
    assert.equal(value('http_requests_total{method="POST",status="502"}'), 1);
    assert.equal(value('holds_total{end="settled"}'), 2);
    assert.equal(value('holds_total{end="released"}'), 1);
    assert.equal(value('upstream_calls_total{upstream="fake",end="answered"}'), 2);
    assert.equal(value('upstream_calls_total{upstream="fake",end="failed"}'), 1);
    for (const name of ['hold_seconds_count', 'settle_seconds_count']) assert.equal(grown(name), 3, name);
    assert.ok(grown('upstream_header_seconds_count') >= 2);
    assert.ok(grown('http_request_seconds_count') >= 3);
    assert.ok(grown('commit_commands_sum') >= grown('commit_commands_count') && grown('commit_commands_count') > 0);
    assert.ok(value('undercharged_millitokens_total') > 0);
  });
});

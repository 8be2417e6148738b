import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { defaultRateCard } from '../../src/core/rateCard.ts';
import { AccountBody } from '../../src/protocol/api.ts';
import { eventually } from '../support/eventually.ts';
import { startFakeUpstream, type FakeUpstream } from '../support/fakeUpstream.ts';
import { configFor, startBackend, type TestBackend } from '../support/startBackend.ts';

/** A thousand model tokens of an answer cost ten tokens: few calls empty an account. */
const rateCard = { ...defaultRateCard, responsePer1000: 10_000 };

describe('the warnings of a balance that runs low', () => {
  let dataDir: string;
  let upstream: FakeUpstream;
  let backend: TestBackend;

  before(async () => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'tokenfare-warnings-'));
    upstream = await startFakeUpstream();
    backend = await start();
  });
  after(async () => {
    await backend.dispose();
    await upstream.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const start = (): Promise<TestBackend> =>
    startBackend({ dataDir, config: configFor(upstream.baseUrl, { rateCard }) });
  const spend = async (completion: number): Promise<AccountBody['warning']> => {
    upstream.next({ text: ['x'], usage: { prompt: 1, completion } });
    const json = { model: 'test-model', messages: [{ role: 'user', content: 'Hi' }], max_tokens: completion };
    assert.equal((await backend.request('/v1/chat/completions', { json })).status, 200);
    return AccountBody.parse(await backend.json('/v1/account')).warning;
  };
  /** A window's line: what it is told, as far as it has come. */
  const listen = async () => {
    const gone = new AbortController();
    const response = await backend.request('/v1/account/events', { signal: gone.signal });
    const told = {
      text: '',
      warnings: (): string[] => Array.from(told.text.matchAll(/"threshold":"(\w+)"/g), ([, name]) => name ?? ''),
      leave: () => {
        gone.abort();
      },
    };
    void (async () => {
      for await (const bytes of response.body ?? []) told.text += new TextDecoder().decode(bytes);
    })().catch(() => undefined);
    await eventually(() => assert.match(told.text, /event: account/));
    return told;
  };
  const accountsIn = (text: string): number => text.split('event: account').length - 1;

  it('come once per threshold and period, to one of two windows, and not again after a restart', async () => {
    const [one, other] = [await listen(), await listen()];
    for (const expected of [null, null, 'low']) assert.equal(await spend(8_000), expected);
    await eventually(() => assert.deepEqual([...one.warnings(), ...other.warnings()], ['low']));
    assert.equal(await spend(10), 'low');
    await eventually(() => assert.ok(accountsIn(one.text) >= 5 && accountsIn(other.text) >= 5));
    await backend.end('SIGTERM');
    backend = await start();
    const again = await listen();
    assert.equal(await spend(4_500), 'very_low');
    await eventually(() => assert.deepEqual(again.warnings(), ['very_low']));
    assert.deepEqual([...one.warnings(), ...other.warnings()], ['low']);
    again.leave();
  });

  it('come to a window that was not there when the balance fell', async () => {
    // The rest does not buy the smallest call any more.
    assert.equal(await spend(1_200), 'empty');
    const late = await listen();
    await eventually(() => assert.deepEqual(late.warnings(), ['empty']));
  });
});

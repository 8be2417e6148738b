import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { EstimateBody } from '../../src/protocol/api.ts';
import { ask, startMeteredBackend } from '../support/meteredBackend.ts';

describe('estimates', () => {
  it("learn from the account's own receipts of the same kind and model, loops included", async () => {
    const metered = await startMeteredBackend();
    const [{ content: prompt }] = ask.messages;
    const estimated = async (kind?: string) =>
      EstimateBody.parse(
        await metered.backend.json('/v1/estimate', { json: { model: 'test-model', prompt, contextTokens: 100, kind } }),
      );
    const before = await estimated();
    assert.deepEqual([before.kind, before.reasons[3]?.basis], ['table', 'prior']);
    const loop = [...ask.messages, { role: 'tool', tool_call_id: 'a', content: 'ok' }];
    for (let count = 0; count < 8; count += 1) {
      const id = `receipt-${count}`;
      metered.upstream.next({ usage: { prompt: 120, completion: 150 } }, { usage: { prompt: 320, completion: 50 } });
      await metered.complete(ask, { 'Idempotency-Key': id });
      await metered.complete({ ...ask, messages: loop }, { 'Tokenfare-Generation': id });
    }
    metered.upstream.next({ status: 500 });
    await metered.complete(ask);
    const [{ charged }] = (
      await metered.backend.json<{ generations: [{ charged: number }] }>('/v1/generations?limit=2')
    ).generations.slice(1) as [{ charged: number }];
    const after = await estimated();
    assert.deepEqual([after.reasons[3]?.basis, after.reasons[3]?.n], ['receipts', 8]);
    assert.ok(after.low <= charged && charged <= after.high, `${after.low} ${charged} ${after.high}`);
    assert.ok(after.likely < before.likely / 1.3, `${before.likely} ${after.likely}`);
    assert.equal((await estimated('fix')).reasons[3]?.basis, 'prior');
    await metered.dispose();
  });
});

import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { describe, it } from 'mocha';
import { Models } from '../../../../src/backend/models/models.ts';
import type { Upstream } from '../../../../src/backend/models/upstream.ts';

describe('the models on offer', () => {
  it('are listed with how their service is, which is asked in the background, once a minute', async () => {
    let now = 0;
    const checks: PromiseWithResolvers<undefined>[] = [];
    const service = (id: string, more: Partial<Upstream> = {}): Upstream => ({
      id,
      models: () => Promise.resolve([{ id, name: id, multiplier: 1, contextWindow: 1_000, maxOutputTokens: 100 }]),
      complete: () => Promise.resolve({ status: 200, headers: {}, body: Readable.from([]), charge: 'metered' }),
      ...more,
    });
    const asked = service('asked', {
      check: () => {
        const check = Promise.withResolvers<undefined>();
        checks.push(check);
        return check.promise;
      },
    });
    const absent = service('absent', {
      models: () => Promise.resolve([]),
      check: () => assert.fail('a service without models was asked'),
    });
    const told: string[] = [];
    const models = new Models([service('own'), asked, absent], {
      clock: () => now,
      onHealth: (upstream, error) => told.push(`${upstream} ${error === null ? 'up' : 'down'}`),
    });
    const failing = async (): Promise<string[]> => {
      const listed = await models.list();
      assert.deepEqual(
        listed.map(({ model }) => model.id),
        ['own', 'asked'],
      );
      return listed.filter(({ isFailing }) => isFailing).map(({ model }) => model.id);
    };
    assert.deepEqual([await failing(), await failing(), checks.length], [[], [], 1]);
    checks[0]?.reject(new Error('refused'));
    assert.deepEqual([await failing(), told], [['asked'], ['asked down']]);
    now = 59_999;
    assert.deepEqual([await failing(), checks.length], [['asked'], 1]);
    now = 60_000;
    // As it was, until it is known how it is.
    assert.deepEqual([await failing(), checks.length], [['asked'], 2]);
    checks[1]?.resolve(undefined);
    assert.deepEqual([await failing(), told.at(-1)], [[], 'asked up']);
  });
});

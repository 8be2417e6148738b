import assert from 'node:assert/strict';
import { FreshReading } from '../../../../src/extension/chat/freshReading.ts';

describe('a fresh reading', () => {
  /** Something that takes as long to read as the test likes. */
  function slow() {
    const begun: PromiseWithResolvers<undefined>[] = [];
    const reading = new FreshReading(() => {
      const read = Promise.withResolvers<undefined>();
      begun.push(read);
      return read.promise;
    });
    return { reading, begun };
  }

  it('is taken once more for all that changed meanwhile, and never beside another', async () => {
    const { reading, begun } = slow();
    const first = reading.refresh();
    const second = reading.refresh();
    const third = reading.refresh();
    assert.equal(begun.length, 1);
    let ended = false;
    void Promise.all([first, second, third]).then(() => (ended = true));
    begun[0]?.resolve(undefined);
    await settled();
    assert.deepEqual([begun.length, ended], [2, false]);
    begun[1]?.resolve(undefined);
    await settled();
    assert.deepEqual([begun.length, ended], [2, true]);
  });

  it('is taken again after it ended, and after it failed', async () => {
    const { reading, begun } = slow();
    const failed = reading.refresh();
    begun[0]?.reject(new Error('gone'));
    await assert.rejects(failed, /gone/);
    const again = reading.refresh();
    begun[1]?.resolve(undefined);
    await again;
    void reading.refresh();
    assert.equal(begun.length, 3);
  });
});

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

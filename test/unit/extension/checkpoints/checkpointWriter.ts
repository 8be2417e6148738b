import { openCheckpointStore } from '../../../../src/extension/node/checkpointStore.ts';

/** A process of its own that works on a store while others do: `DIR ROOT NAME`; `wait` leaves a generation open. */
const [dir = '', root = '', name = ''] = process.argv.slice(2);

/** Enough to meet the other process again and again. */
const GENERATIONS = 10;

const store = await openCheckpointStore(dir, root);
if (name === 'wait') {
  await store.begin('waiting', { prompt: '' });
  process.stdout.write('waiting\n');
  process.stdin.resume();
} else {
  for (let number = 0; number < GENERATIONS; number += 1) {
    const id = `${name}${String(number)}`;
    await store.begin(id, { prompt: id });
    await store.apply(id, [
      { kind: 'write', path: `${name}/${id}.txt`, content: id },
      { kind: 'write', path: 'shared.txt', content: `${id}\n` },
    ]);
    await store.commit(id);
  }
  await store.close();
}

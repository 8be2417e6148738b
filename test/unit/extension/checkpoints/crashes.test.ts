import assert from 'node:assert/strict';
import { inspect, isDeepStrictEqual } from 'node:util';
import { openCheckpointStore, type CheckpointStore } from '../../../../src/extension/node/checkpointStore.ts';
import { CheckpointError } from '../../../../src/extension/node/checkpoints/checkpointError.ts';
import { crashScenes } from './crashScenes.ts';
import { failingFrom } from './failingFileSystem.ts';
import { WorkspaceOnDisk } from './workspaceOnDisk.ts';

type Snapshot = Record<string, string>;
type Operation = (store: CheckpointStore) => Promise<unknown>;

describe('checkpoint store, cut off at every file-system call', function () {
  this.timeout(120_000);

  for (const [name, { prepare, operate }] of Object.entries(crashScenes)) {
    for (const once of [false, true]) {
      const end = once ? 'undone when one call fails, and says why' : 'undone as a whole, and nothing is lost';
      it(`${name} is ${end}`, async () => {
        const template = new WorkspaceOnDisk();
        try {
          const store = await template.open();
          const given = await prepare(template, store);
          const operation: Operation = (again) => operate(again, given);
          await store.close();
          const done = await stateAfter(template, operation);
          let calls = 0;
          while (!(await crashAt(template, operation, calls, once, done))) calls += 1;
          assert.ok(calls > 30, `only ${String(calls)} calls were cut off`);
        } finally {
          await template.remove();
        }
      });
    }
  }
});

/**
 * Cuts an operation off at one call, for good or just there, and looks at what is left. True if there is no such call.
 */
async function crashAt(
  template: WorkspaceOnDisk,
  operation: Operation,
  call: number,
  once: boolean,
  done: Snapshot,
): Promise<boolean> {
  const disk = new WorkspaceOnDisk(template);
  try {
    const before = disk.snapshot();
    const failing = failingFrom(once);
    const store = await openCheckpointStore(disk.dir, disk.root, { fs: failing.fs });
    failing.arm(call);
    const error: unknown = await operation(store).then(
      () => null,
      (reason: unknown) => reason,
    );
    failing.disarm();
    await store.close();
    if (once) checkFailure(error, before, disk.snapshot(), call);
    await checkAfter(disk, operation, before, done, error === null);
    return !failing.hit();
  } catch (error) {
    throw new Error(`cut off at call ${String(call)}`, { cause: error });
  } finally {
    await disk.remove();
  }
}

function checkFailure(error: unknown, before: object, left: object, call: number): void {
  if (error === null) return;
  assert.ok(error instanceof CheckpointError, `call ${String(call)}: ${inspect(error)}`);
  assert.equal(error.kind, 'diskFull');
  assert.deepEqual(left, before, `call ${String(call)}`);
}

/**
 * After a restart all is as before the operation or as after it; what was undone can be done then, with the right end.
 */
async function checkAfter(
  disk: WorkspaceOnDisk,
  operation: Operation,
  before: Snapshot,
  done: Snapshot,
  isDone: boolean,
): Promise<void> {
  const store = await disk.open();
  const after = disk.snapshot();
  const isUndone = !isDone && isDeepStrictEqual(after, before);
  if (!isUndone) assert.deepEqual(after, done);
  if (isUndone) await operation(store);
  assert.deepEqual(disk.snapshot(), done);
  const [generation, ...others] = await store.list();
  assert.deepEqual(others, []);
  assert.deepEqual((await store.usage()).damagedLines, []);
  if (generation?.state === 'rolledBack') return;
  await store.rollBack(['g'], { onConflict: 'old' });
  assert.equal(disk.snapshot()['old.txt'], 'file 644 b2xk');
  assert.equal(disk.snapshot()['folder/sub/x'], 'file 644 eA==');
}

async function stateAfter(template: WorkspaceOnDisk, operation: Operation): Promise<Snapshot> {
  const disk = new WorkspaceOnDisk(template);
  try {
    await operation(await disk.open());
    return disk.snapshot();
  } finally {
    await disk.remove();
  }
}

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { crashScenes, type CrashScene } from '../unit/extension/checkpoints/crashScenes.ts';
import { WorkspaceOnDisk } from '../unit/extension/checkpoints/workspaceOnDisk.ts';

describe('the checkpoint store of a process that is killed', function () {
  this.timeout(30 * 60_000);

  for (const [name, scene] of Object.entries(crashScenes)) {
    it(`at every file-system call of ${name} finishes or undoes it as a whole`, async () => {
      const template = new WorkspaceOnDisk();
      try {
        const store = await template.open();
        const given = await scene.prepare(template, store);
        await store.close();
        const done = await doneState(template, scene, given);
        let calls = 0;
        while (await killedAt(template, { name, scene, given }, calls, done)) calls += 1;
        assert.ok(calls > 30, `only ${String(calls)} kills`);
      } finally {
        await template.remove();
      }
    });
  }
});

async function doneState(template: WorkspaceOnDisk, scene: CrashScene, given: string): Promise<object> {
  const disk = new WorkspaceOnDisk(template);
  try {
    await scene.operate(await disk.open(), given);
    return disk.snapshot();
  } finally {
    await disk.remove();
  }
}

/** Kills at one call and looks at what the next start makes of it. False if there is no such call. */
async function killedAt(
  template: WorkspaceOnDisk,
  { name, scene, given }: { name: string; scene: CrashScene; given: string },
  call: number,
  done: object,
): Promise<boolean> {
  const disk = new WorkspaceOnDisk(template);
  try {
    const before = disk.snapshot();
    const script = path.join(import.meta.dirname, 'killedOperation.ts');
    const child = spawn(process.execPath, [script, disk.dir, disk.root, name, given, String(call)], {
      stdio: 'inherit',
    });
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    assert.ok(code === 0 || signal === 'SIGKILL', `call ${String(call)}: ${String(code)} ${String(signal)}`);
    const store = await disk.open();
    const after = disk.snapshot();
    const isUndone = isDeepStrictEqual(after, before);
    if (!isUndone) assert.deepEqual(after, done, `call ${String(call)}`);
    if (isUndone) await scene.operate(store, given);
    assert.deepEqual(disk.snapshot(), done, `call ${String(call)}`);
    return signal === 'SIGKILL';
  } finally {
    await disk.remove();
  }
}

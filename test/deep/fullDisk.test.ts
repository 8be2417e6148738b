import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openCheckpointStore, type CheckpointStore } from '../../src/extension/node/checkpointStore.ts';

const MOUNT_MB = 4;

/** Bytes that can't be made smaller, the same every time. */
function noise(seed: number): Buffer {
  return createHash('shake256', { outputLength: 300_000 }).update(String(seed)).digest();
}

/** Only root may mount; elsewhere the failing file system of the unit tests stands for a full disk. */
if (process.platform === 'linux' && process.getuid?.() === 0) {
  describe('the checkpoint store on a disk that is full', () => {
    let place: string;
    let store: CheckpointStore;
    const at = (name: string): string => path.join(place, 'root', name);

    beforeEach(() => {
      place = fs.mkdtempSync(path.join(os.tmpdir(), 'tokenfare-full-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(MOUNT_MB)}m`, 'tmpfs', place]);
      fs.mkdirSync(path.join(place, 'root'));
    });
    afterEach(async () => {
      await store.close();
      execFileSync('umount', [place]);
      fs.rmdirSync(place);
    });

    /** Leaves this many bytes free. */
    function fillUp(free: number): void {
      const { bavail, bsize } = fs.statfsSync(place);
      fs.writeFileSync(path.join(place, 'filler'), Buffer.alloc(Math.max(0, bavail * bsize - free), 1));
    }

    for (const free of [0, 4_096, 65_536, 262_144, 425_984]) {
      it(`with ${String(free)} bytes left says so, changes nothing, and goes on once there is room`, async () => {
        const [old, fresh] = [noise(1), noise(2)];
        fs.writeFileSync(at('a.bin'), old);
        store = await openCheckpointStore(path.join(place, 'store'), path.join(place, 'root'));
        await store.begin('g', { prompt: '' });
        await store.apply('g', [{ kind: 'write', path: 'b.txt', content: 'b' }]);
        fillUp(free);
        const write = () => store.apply('g', [{ kind: 'write', path: 'a.bin', content: fresh }]);
        await assert.rejects(write, { kind: 'diskFull' });
        assert.deepEqual(fs.readFileSync(at('a.bin')), old);
        assert.deepEqual(fs.readdirSync(path.join(place, 'root')).sort(), ['a.bin', 'b.txt']);
        fs.rmSync(path.join(place, 'filler'));
        await write();
        assert.deepEqual(fs.readFileSync(at('a.bin')), fresh);
        await store.commit('g');
        fillUp(free);
        await assert.rejects(store.rollBack(['g'], { onConflict: 'stop' }), { kind: 'diskFull' });
        assert.deepEqual(fs.readFileSync(at('a.bin')), fresh);
        fs.rmSync(path.join(place, 'filler'));
        await store.rollBack(['g'], { onConflict: 'stop' });
        assert.deepEqual(fs.readFileSync(at('a.bin')), old);
        assert.equal(fs.existsSync(at('b.txt')), false);
        assert.deepEqual((await store.usage()).damagedLines, []);
      });
    }
  });
}

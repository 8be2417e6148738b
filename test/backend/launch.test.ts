import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { isRunning } from '../../scripts/isRunning.ts';
import { projectRoot } from '../../scripts/projectRoot.ts';

const Listening = z.strictObject({ event: z.literal('listening'), url: z.url(), pid: z.int() });

describe('npm run backend', () => {
  it('says where it listens in one line, and ends with code 0 when that process is told to', async () => {
    const data = mkdtempSync(path.join(tmpdir(), 'tokenfare-launch-'));
    const launch = path.join(projectRoot, 'scripts', 'launch.mjs');
    const child = spawn(process.execPath, [launch, 'backend', '--data', data, '--port', '0'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = once(child, 'exit');
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    const { url, pid } = Listening.parse(JSON.parse(first.toString()));
    assert.equal((await fetch(`${url}/healthz`)).status, 200);

    const rest = text(child.stdout);
    process.kill(pid, 'SIGTERM');
    assert.deepEqual(await ended, [0, null]);
    assert.equal(await rest, '');
    assert.equal(isRunning(pid), false);
    rmSync(data, { recursive: true, force: true });
  });
});

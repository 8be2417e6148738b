import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { shellCommand } from '../../../../src/extension/node/shellCommand.ts';
import { eventually } from '../../../support/eventually.ts';

const node = JSON.stringify(process.execPath);

describe('a command in the shell', () => {
  let folder: string;
  let stop: AbortController;
  const run = (command: string, seconds = 60) => shellCommand(command, { folder, seconds, signal: stop.signal });

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'tokenfare-command-'));
    stop = new AbortController();
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Whether a process that wrote its id into a file is there. */
  function isThere(name: string): boolean {
    try {
      return process.kill(Number(readFileSync(path.join(folder, name), 'utf8')), 0);
    } catch {
      return false;
    }
  }

  it('runs in its folder and answers all that it wrote, with its exit code', async () => {
    const script = `${node} -e "console.log(process.cwd()); console.error('oh'); process.exitCode = 3"`;
    const end = await run(script);
    assert.ok(end.kind === 'exited');
    assert.equal(end.exitCode, 3);
    assert.deepEqual(end.output.split('\n').sort(), [folder, 'oh'].sort());
  });

  it('has an empty input, so that nothing waits for an answer', async () => {
    const end = await run(`${node} -e "process.stdin.on('end', () => console.log('no input')).resume()"`);
    assert.deepEqual(end, { kind: 'exited', exitCode: 0, output: 'no input' });
  });

  const lasting = (name: string) => `echo $$ > ${name}; exec sleep 1000`;

  it('ends everything that it started when it is stopped', async () => {
    const running = run(`sh -c '${lasting('child')}' & sh -c '${lasting('other')}'`);
    await eventually(() => assert.ok(isThere('child') && isThere('other')));
    stop.abort();
    assert.equal((await running).kind, 'stopped');
    await eventually(() => assert.ok(!isThere('child') && !isThere('other')));
  });

  it('ends one that will not end when it is asked to', async () => {
    const running = run(`${node} -e "process.on('SIGTERM', () => 0); setInterval(() => 0, 9e5); console.log('up');
      require('fs').writeFileSync('stubborn', String(process.pid))"`);
    await eventually(() => assert.ok(isThere('stubborn')));
    stop.abort();
    assert.deepEqual(await running, { kind: 'stopped', output: 'up' });
    await eventually(() => assert.ok(!isThere('stubborn')));
  });

  it('ends one that takes too long, and says what it wrote until then', async () => {
    assert.deepEqual(await run('echo begun; sleep 1000', 0.2), { kind: 'timedOut', output: 'begun' });
  });

  it('leaves nothing running when it ends by itself', async () => {
    const end = await run(`sh -c '${lasting('server')}' & while [ ! -s server ]; do sleep 0.01; done; echo ready`);
    assert.deepEqual(end, { kind: 'exited', exitCode: 0, output: 'ready' });
    await eventually(() => assert.ok(!isThere('server')));
  });

  it('starts nothing once it was stopped, and says where it could not start', async () => {
    stop.abort();
    assert.deepEqual(await run('echo x > made'), { kind: 'stopped', output: '' });
    stop = new AbortController();
    rmSync(folder, { recursive: true });
    assert.equal((await run('echo x')).kind, 'notStarted');
  });
});

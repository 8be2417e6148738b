import assert from 'node:assert/strict';
import { runTool } from '../../../../../src/extension/chat/tools/runTool.ts';
import { toolsFor } from '../../../../../src/extension/chat/tools/toolDefinitions.ts';
import { MemoryToolbox } from '../../../../support/memoryToolbox.ts';

describe('tools that run commands', () => {
  let box: MemoryToolbox;
  const run = (tool: string, input: unknown) => runTool({ id: 't', tool, input, broken: false }, toolsFor(true), box);

  beforeEach(() => {
    box = new MemoryToolbox();
    box.consents = true;
  });

  it('runs exactly what it has asked for, and answers exit code and output', async () => {
    const result = await run('run_command', { command: 'npm test -- "a b"' });
    assert.deepEqual(box.asked, [{ kind: 'command', command: 'npm test -- "a b"' }]);
    assert.deepEqual(box.ran, [['npm test -- "a b"', 120]]);
    assert.deepEqual(result, { output: 'Exit code 0.\nok', path: null, failed: false, shown: 'ok' });
  });

  it('runs nothing without a yes', async () => {
    box.consents = false;
    assert.match((await run('run_command', { command: 'rm -rf .' })).output, /did not allow/);
    assert.deepEqual(box.ran, []);
  });

  it('tells of a command that failed, took too long, was stopped or did not start', async () => {
    const outputs = [];
    for (const end of [
      { kind: 'exited', exitCode: 2, output: 'wrong' },
      { kind: 'timedOut', output: '' },
      { kind: 'stopped', output: 'half' },
      { kind: 'notStarted', reason: 'no shell' },
    ] as const) {
      box.end = end;
      const { output, failed } = await run('run_command', { command: 'x' });
      assert.ok(failed);
      outputs.push(output);
    }
    assert.deepEqual(outputs, [
      'Error: Exit code 2.\nwrong',
      'Error: It took too long and was ended.',
      'Error: The person stopped it.\nhalf',
      'Error: It could not be started: no shell',
    ]);
  });

  it('gives a command the time it asks for, within bounds', async () => {
    await run('run_command', { command: 'x', seconds: 30.5 });
    await run('run_command', { command: 'x', seconds: 1e9 });
    assert.deepEqual(
      box.ran.map(([, seconds]) => seconds),
      [31, 600],
    );
    assert.match((await run('run_command', { command: 'x', seconds: -1 })).output, /do not fit/);
  });

  const unfit = ['', ' ', 'echo \u202Etxt', 'echo a\u0007', 'echo a\u200Bb', 'a\rb', 'x'.repeat(4_001)];
  for (const command of unfit) {
    it(`asks nobody about ${JSON.stringify(command.slice(0, 20))}, which can't be read as it would run`, async () => {
      assert.ok((await run('run_command', { command })).failed);
      assert.deepEqual([box.asked, box.ran], [[], []]);
    });
  }

  for (const access of ['restricted', 'readOnly', 'none'] as const) {
    it(`asks nothing and runs nothing where access is ${access}`, async () => {
      box.files.access = access;
      box.tasks = [{ name: 'build', command: 'make', run: () => assert.fail('it ran') }];
      assert.ok((await run('run_command', { command: 'ls' })).failed);
      assert.ok((await run('run_task', { name: 'build' })).failed);
      assert.deepEqual([box.asked, box.ran], [[], []]);
    });
  }

  it('runs a task by its name, asks with what it runs, and names the others where there is none', async () => {
    const task = (name: string, command: string) => ({
      name,
      command,
      run: (seconds: number) => {
        box.ran.push([name, seconds]);
        return Promise.resolve({ kind: 'exited', exitCode: 0, output: '' } as const);
      },
    });
    assert.match((await run('run_task', { name: 'build' })).output, /has no tasks/);
    box.tasks = [task('build', 'make all'), task('test', 'make test')];
    assert.match((await run('run_task', { name: 'lint' })).output, /build, test/);
    assert.deepEqual(box.asked, []);
    assert.equal((await run('run_task', { name: 'test' })).output, 'Exit code 0.');
    assert.deepEqual(box.asked, [{ kind: 'command', command: 'make test' }]);
    assert.deepEqual(box.ran, [['test', 120]]);
    box.consents = false;
    await run('run_task', { name: 'build' });
    assert.equal(box.ran.length, 1);
  });
});

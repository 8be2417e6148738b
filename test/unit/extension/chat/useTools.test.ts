import assert from 'node:assert/strict';
import { StepTracker } from '../../../../src/extension/chat/stepTracker.ts';
import { toolsFor } from '../../../../src/extension/chat/tools/toolDefinitions.ts';
import { useTools } from '../../../../src/extension/chat/useTools.ts';
import type { Part } from '../../../../src/protocol/part.ts';
import { MemoryToolbox } from '../../../support/memoryToolbox.ts';

type Step = Extract<Part, { kind: 'step' }>;

describe('the tool calls of an answer', () => {
  let box: MemoryToolbox;
  let shown: Map<string, Step>;
  let steps: StepTracker;
  let stop: AbortController;

  beforeEach(() => {
    box = new MemoryToolbox();
    shown = new Map();
    stop = new AbortController();
    steps = new StepTracker('g1', 0, (step) => shown.set(step.id.replace('g1/1/', ''), step));
  });

  function use(...calls: [tool: string, input: object][]) {
    const toolCalls = calls.map(([tool, input], index) => ({ id: String(index), tool, input, broken: false }));
    const answer = { finish: 'tool-calls' as const, text: '', toolCalls, charge: null, refusal: null, error: null };
    return useTools(answer, { tools: toolsFor(true), hands: box.hands, steps, signal: stop.signal });
  }

  /** Resolves once this step waits for the person. */
  async function asked(id: string): Promise<Step> {
    for (;;) {
      const step = shown.get(id);
      if (step?.state === 'asking') return step;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  const states = () => [...shown.values()].map(({ state }) => state);

  it('ask before they touch what is guarded, once a message for each path and purpose', async () => {
    const using = use(
      ['write_file', { path: '.env', content: 'x' }],
      ['write_file', { path: './.env', content: 'y' }],
      ['read_file', { path: '.env' }],
    );
    const { path, asks } = await asked('0');
    assert.deepEqual([path, asks], ['.env', 'write']);
    box.questions.answer('g1/1/0', 'once');
    assert.equal((await asked('2')).asks, 'read');
    box.questions.answer('g1/1/2', 'no');
    const [, told] = await using;
    assert.equal(box.files.files.get('.env'), 'y');
    assert.deepEqual(states(), ['done', 'done', 'failed']);
    assert.match(JSON.stringify(told), /guarded, and the person did not allow this/);
    assert.doesNotMatch(JSON.stringify(told), /"y"/);
  });

  it('ask with the exact command, never again once it is always allowed, and show what came of it', async () => {
    const using = use(['run_command', { command: 'npm test' }], ['run_command', { command: 'npm test' }]);
    assert.equal((await asked('0')).command, 'npm test');
    assert.deepEqual(box.ran, []);
    box.questions.answer('g1/1/0', 'always');
    await using;
    assert.deepEqual([box.allowedCommands, box.ran.length], [['npm test'], 2]);
    assert.deepEqual(states(), ['done', 'done']);
    assert.equal(shown.get('0')?.output, 'ok');
  });

  it('say in one line what went wrong with a command, and show the end of what it wrote', async () => {
    box.allowedCommands.push('make');
    box.end = { kind: 'exited', exitCode: 2, output: `first\n${'x'.repeat(5_000)}last` };
    await use(['run_command', { command: 'make' }]);
    const step = shown.get('0');
    assert.deepEqual([step?.state, step?.detail], ['failed', 'Exit code 2.']);
    assert.match(step?.output ?? '', /^…x+last$/);
  });

  it('take a question back at Stop, and carry nothing out', async () => {
    const using = use(['run_command', { command: 'ls' }], ['write_file', { path: 'b.txt', content: 'x' }]);
    await asked('0');
    stop.abort();
    box.questions.answer('g1/1/0', 'once');
    await using;
    steps.close();
    assert.deepEqual([box.ran, box.files.files.has('b.txt')], [[], false]);
    assert.deepEqual(states(), ['notDone', 'notDone']);
  });
});

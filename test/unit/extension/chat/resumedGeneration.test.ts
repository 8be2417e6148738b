import assert from 'node:assert/strict';
import { millitokens } from '../../../../src/core/tokens.ts';
import { GenerationRunner, type GenerationOutcome } from '../../../../src/extension/chat/generationRunner.ts';
import { GenerationBody } from '../../../../src/protocol/api.ts';
import { generationRequest } from '../../../support/generationRequest.ts';
import { MemoryToolbox } from '../../../support/memoryToolbox.ts';
import { ScriptedBackend, toolCallDelta, type StreamedAnswer } from '../../../support/scriptedBackend.ts';

/** A generation whose second call was on its way when its window went. */
describe('an answer that is taken up again', () => {
  const backend = new ScriptedBackend();
  before(() => backend.start());
  after(() => backend.stop());

  let heard: string[];
  let box: MemoryToolbox;

  beforeEach(() => {
    heard = [];
    box = new MemoryToolbox({});
    backend.requests.length = 0;
    backend.kept.clear();
  });

  function takeUp(): Promise<GenerationOutcome> {
    const runner = new GenerationRunner({
      endpoint: () => Promise.resolve({ url: backend.url, key: 'k' }),
      fetch,
      newId: () => 'call-3',
      now: () => new Date(0),
      storeKey: ({ key, call, settled }) => {
        heard.push(`stored ${key} as ${String(call)} after ${String(settled)}`);
        return Promise.resolve();
      },
      answered: () => {
        heard.push(`answered, ${String(box.files.files.size)} files`);
        return Promise.resolve();
      },
      generation: async (id) => GenerationBody.parse(await (await fetch(`${backend.url}/v1/generations/${id}`)).json()),
      balance: () => Promise.resolve(millitokens(299_500)),
      pause: () => Promise.resolve(),
      hands: box.hands,
      project: 'p1',
    });
    const request = generationRequest({ settled: millitokens(200), firstCall: 2, resumes: 'call-2' });
    const events = {
      restarted: () => heard.push('restarted'),
      text: (text: string) => heard.push(text),
      step: () => undefined,
      spent: () => undefined,
      failure: () => undefined,
    };
    return runner.run(request, events, new AbortController().signal);
  }

  const keeps = (key: string, answer: Omit<StreamedAnswer, 'kind'>) =>
    backend.kept.set('g1', { key, answer: { kind: 'stream', ...answer } });

  it('comes from its beginning, without another request', async () => {
    keeps('call-2', { deltas: [{ content: 'Whole answer.' }], end: 'stop', charged: 300 });
    const outcome = await takeUp();
    assert.deepEqual(heard, ['restarted', 'Whole answer.']);
    assert.deepEqual(outcome.end, { kind: 'done' });
    assert.equal(backend.requests.length, 0);
  });

  it('goes on with its tools and the next call, each once', async () => {
    const write = toolCallDelta('t1', 'write_file', { path: 'made.txt', content: 'x' });
    keeps('call-2', { deltas: [write], end: 'tool_calls', charged: 100 });
    backend.script({ kind: 'stream', deltas: [{ content: 'Done.' }], end: 'stop', charged: 100 });
    const outcome = await takeUp();
    assert.deepEqual(heard, ['restarted', 'answered, 0 files', 'stored call-3 as 3 after 300', 'Done.']);
    assert.equal(box.files.files.get('made.txt'), 'x');
    assert.equal(outcome.end.kind, 'done');
    assert.equal(backend.requests.length, 1);
  });

  it('is lost when it is not kept any more, and when what is kept is another call’s', async () => {
    assert.deepEqual((await takeUp()).end, { kind: 'lost' });
    keeps('call-1', { deltas: [{ content: 'An earlier answer.' }], end: 'stop' });
    assert.deepEqual((await takeUp()).end, { kind: 'lost' });
    assert.deepEqual(heard, []);
    assert.equal(backend.requests.length, 0);
  });
});

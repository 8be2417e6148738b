import assert from 'node:assert/strict';
import { MissingReceipts } from '../../../../src/extension/chat/missingReceipts.ts';
import type { ChatSession } from '../../../../src/extension/chat/chatSession.ts';
import type { GenerationBody } from '../../../../src/protocol/api.ts';
import { openSession } from '../../../support/openSession.ts';
import { generationBody } from '../../../support/scriptedBackend.ts';
import { prompt } from '../../../support/chatSnapshots.ts';

describe('missing receipts', () => {
  let session: ChatSession;
  let records: Map<string, GenerationBody>;
  let asked: string[];
  let receipts: MissingReceipts;

  beforeEach(async () => {
    session = await openSession();
    records = new Map();
    asked = [];
    receipts = new MissingReceipts(session, (id) => {
      asked.push(id);
      const record = records.get(id);
      return record ? Promise.resolve(record) : Promise.reject(new Error('not found'));
    });
  });

  function interruptedAnswer(id: string): void {
    session.dispatch({ kind: 'sent', message: prompt(`u-${id}`, 'Hello'), generation: id });
    session.dispatch({ kind: 'run', id, run: { folder: null, checkpoints: [], estimate: null, multiplier: 1 } });
    session.dispatch({ kind: 'ended', generation: id, state: 'interrupted', failure: null, changes: [] });
  }

  function charged(id: string): number | undefined {
    const answer = session.state.thread.messages.find((message) => message.id === id);
    return answer?.role === 'assistant' ? answer.receipt?.charged : undefined;
  }

  it('come once the line to the backend stands', async () => {
    interruptedAnswer('g1');
    records.set('g1', generationBody('g1', 420));
    await receipts.connected();
    assert.equal(charged('g1'), 420);
    await receipts.connected();
    assert.deepEqual(asked, ['g1'], 'what is there is not asked for again');
  });

  it('of a generation that is still open come when the account changes', async () => {
    interruptedAnswer('g1');
    records.set('g1', { ...generationBody('g1', 0), state: 'open' });
    await receipts.connected();
    assert.equal(charged('g1'), undefined);
    records.set('g1', generationBody('g1', 420));
    await receipts.accountChanged();
    assert.equal(charged('g1'), 420);
    await receipts.accountChanged();
    assert.deepEqual(asked, ['g1', 'g1'], 'nothing is open any more');
  });

  it('are asked for by the latest twenty', async () => {
    const ids = Array.from({ length: 22 }, (_, n) => `g${String(n)}`);
    ids.forEach(interruptedAnswer);
    await receipts.connected();
    assert.deepEqual(asked, ids.slice(2));
  });

  it('that the backend does not know are not asked for at every change', async () => {
    interruptedAnswer('gone');
    await receipts.connected();
    await receipts.accountChanged();
    assert.deepEqual(asked, ['gone']);
  });

  it('of a generation that ends while it is asked for are not lost', async () => {
    interruptedAnswer('g1');
    const answers = [{ ...generationBody('g1', 0), state: 'open' as const }, generationBody('g1', 420)];
    const slow = new MissingReceipts(session, () => Promise.resolve(answers.shift() ?? generationBody('g1', 0)));
    await Promise.all([slow.connected(), slow.accountChanged()]);
    assert.equal(charged('g1'), 420);
  });
});

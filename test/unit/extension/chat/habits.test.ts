import assert from 'node:assert/strict';
import { estimate } from '../../../../src/core/estimate.ts';
import { ChatSession } from '../../../../src/extension/chat/chatSession.ts';
import { Habits } from '../../../../src/extension/chat/habits.ts';
import { millitokens } from '../../../../src/core/tokens.ts';
import type { Receipt } from '../../../../src/protocol/chat.ts';
import { prompt, receipt } from '../../../support/chatSnapshots.ts';
import { MemoryFiles } from '../../../support/memoryFiles.ts';
import { MemoryMemento } from '../../../support/memoryMemento.ts';

describe('what an account’s messages come to', () => {
  let session: ChatSession;
  let state: MemoryMemento;
  let habits: Habits;
  let messages = 0;

  beforeEach(async () => {
    ({ session } = await ChatSession.open(new MemoryFiles(), {
      session: 's1',
      mode: 'agent',
      pause: () => Promise.resolve(),
    }));
    state = new MemoryMemento();
    habits = new Habits(state);
    habits.follow(session);
  });

  function answered(changes: Partial<Receipt>): void {
    messages += 1;
    const id = `g${String(messages)}`;
    session.dispatch({ kind: 'sent', message: prompt(`u${id}`, 'Create a table'), generation: id });
    session.dispatch({ kind: 'ended', generation: id, state: 'done', failure: null, changes: [] });
    session.dispatch({ kind: 'receipt', generation: id, receipt: receipt(id, { readTokens: 100, ...changes }) });
  }

  const likely = (from: Habits, model = 'builder'): number =>
    estimate({ prompt: '', contextTokens: 0, kind: 'table', multiplier: 1, learned: from.of(model) }).likely;

  it('brings an estimate down after short answers, for their kind and model alone', () => {
    const before = likely(habits);
    for (let times = 0; times < 8; times += 1) answered({ responseTokens: 200, calls: 1 });
    assert.ok(likely(habits) < before * 0.75, `${String(likely(habits))} after ${String(before)}`);
    assert.equal(likely(habits, 'other'), before);
    assert.deepEqual(Object.keys(habits.of('builder')), ['table']);
    assert.equal(habits.of('builder').table?.count, 8);
    assert.deepEqual(habits.of(undefined), {});
  });

  it('is still known in the next window', () => {
    answered({ responseTokens: 200 });
    assert.deepEqual(new Habits(state).of('builder'), habits.of('builder'));
    assert.equal(new Habits(state).of('builder').table?.count, 1);
  });

  it('forgets what is long past', () => {
    for (let times = 0; times < 50; times += 1) answered({ responseTokens: times < 10 ? 9_000 : 200 });
    const { count, output } = habits.of('builder').table ?? {};
    assert.equal(count, 40);
    assert.ok(Math.abs((output?.variance ?? 1) - 0) < 1e-9, 'the long ones came first');
  });

  it('learns nothing from what was cut short, cost nothing, or was not estimated', () => {
    answered({ outcome: 'stopped' });
    answered({ outcome: 'failed' });
    answered({ charged: receipt('x').parts.message, outcome: 'refused' });
    answered({ estimate: null });
    answered({ charged: millitokens(0) });
    session.dispatch({ kind: 'receipt', generation: 'old', receipt: receipt('old') });
    assert.deepEqual(habits.of('builder'), {});
  });

  it('begins anew where what was kept cannot be read', () => {
    void state.update('tokenfare.receipts', { builder: 'tables' });
    assert.deepEqual(new Habits(state).of('builder'), {});
    assert.deepEqual(new Habits(state).of('constructor'), {});
  });
});

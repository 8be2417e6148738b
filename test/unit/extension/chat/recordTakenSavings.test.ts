import assert from 'node:assert/strict';
import { defaultRateCard } from '../../../../src/core/rateCard.ts';
import { millitokens } from '../../../../src/core/tokens.ts';
import type { ChatSession } from '../../../../src/extension/chat/chatSession.ts';
import { FixReceipts } from '../../../../src/extension/chat/fixReceipts.ts';
import { nextSaving } from '../../../../src/extension/chat/nextSaving.ts';
import { recordTakenSavings } from '../../../../src/extension/chat/recordTakenSavings.ts';
import { prompt, receipt } from '../../../support/chatSnapshots.ts';
import { openSession } from '../../../support/openSession.ts';
import { MemoryMemento } from '../../../support/memoryMemento.ts';

describe('savings that were taken', () => {
  let session: ChatSession;
  let recorded: [string, number][];

  beforeEach(async () => {
    session = await openSession();
    recorded = [];
    const savings = {
      add: (kind: string, saved: number) => {
        recorded.push([kind, saved]);
        return Promise.resolve();
      },
    };
    recordTakenSavings(session, savings, () => defaultRateCard);
  });
  afterEach(() => session.flush());

  function send(id: string, text: string): void {
    session.dispatch({ kind: 'sent', message: prompt(`m${id}`, text), generation: `g${id}` });
  }
  const along = { requests: 1, contextTokens: 4_000 };
  const run = { folder: null, checkpoints: [], estimate: null, multiplier: 1 };

  it('are recorded with the receipt of a finished answer, once', () => {
    send('1', '1. a\n2. b');
    session.dispatch({
      kind: 'run',
      id: 'g1',
      run: { ...run, saves: { kind: 'batch', requests: 2, contextTokens: 0 } },
    });
    session.dispatch({ kind: 'receipt', generation: 'g1', receipt: receipt('g1', { outcome: 'stopped' }) });
    assert.deepEqual(recorded, []);
    session.dispatch({ kind: 'receipt', generation: 'g1', receipt: receipt('g1') });
    session.dispatch({ kind: 'receipt', generation: 'g1', receipt: receipt('g1') });
    assert.deepEqual(recorded, [['batch', 250]]);
    assert.deepEqual(session.state.runs['g1'], run);
  });

  it('are nothing for a message that no advice was taken with', () => {
    send('1', 'a');
    session.dispatch({ kind: 'run', id: 'g1', run });
    session.dispatch({ kind: 'receipt', generation: 'g1', receipt: receipt('g1') });
    assert.deepEqual(recorded, []);
    assert.equal(nextSaving(session.state, along), undefined);
  });

  it('go with the next message, and with that one alone', () => {
    const fresh = { kind: 'start-fresh', historyTokens: 20_000 } as const;
    session.dispatch({ kind: 'change', change: { nextSaving: fresh } });
    assert.deepEqual(nextSaving(session.state, along), fresh);
    assert.deepEqual(nextSaving(session.state, { ...along, requests: 3 }), {
      kind: 'batch',
      requests: 3,
      contextTokens: 4_000,
    });
    send('1', 'a');
    assert.equal(nextSaving(session.state, along), undefined);
  });

  it('count a roll back only once it was done', () => {
    send('1', 'a');
    const next = { kind: 'roll-back', generation: 'g1', insteadOf: millitokens(2_100) } as const;
    session.dispatch({ kind: 'change', change: { nextSaving: next } });
    assert.equal(nextSaving(session.state, along), undefined);
    session.dispatch({ kind: 'changesMarked', states: new Map([['g1', { state: 'rolledBack', undone: new Map() }]]) });
    assert.deepEqual(nextSaving(session.state, along), { kind: 'roll-back', insteadOf: 2_100 });
  });

  it('learn what fixes cost from their first receipts', () => {
    const fixes = new FixReceipts(new MemoryMemento());
    fixes.follow(session);
    for (const [id, text] of ['Create a users table', 'fix the sorting', 'still broken', 'fix the colours'].entries()) {
      send(String(id), text);
      const charged = millitokens(600 + id * 100);
      session.dispatch({ kind: 'receipt', generation: `g${String(id)}`, receipt: receipt('g', { charged }) });
      session.dispatch({ kind: 'receipt', generation: `g${String(id)}`, receipt: receipt('g', { charged }) });
    }
    assert.deepEqual(fixes.usual, { each: 800, messages: 3 });
  });
});

import assert from 'node:assert/strict';
import { millitokens, type Millitokens } from '../../../../src/core/tokens.ts';
import type { Failure } from '../../../../src/protocol/chat.ts';
import { announcements } from '../../../../webview/chat/announcements.ts';
import { commonThing } from '../../../../webview/chat/commonThing.ts';
import { balanceLeft } from '../../../../webview/chat/headerView.ts';
import { messageWords } from '../../../../webview/chat/messageWords.ts';
import { partGroups } from '../../../../webview/chat/partGroups.ts';
import { receiptWords } from '../../../../webview/chat/receiptWords.ts';
import { rollbackWords } from '../../../../webview/chat/rollbackWords.ts';
import { starters } from '../../../../webview/chat/starters.ts';
import { words } from '../../../../webview/chat/words.ts';
import {
  account,
  answer,
  composer,
  receipt,
  rollbackPreview,
  status,
  thread,
  type Answer,
} from '../../../support/chatSnapshots.ts';

describe('what the chat page says', () => {
  const none = millitokens(0);

  it('closes a receipt with the charge and what is left', () => {
    assert.equal(receiptWords.closed(receipt('g')), '1.24 tokens · 298.76 left');
    assert.equal(receiptWords.closed(receipt('g', { balanceAfter: null })), '1.24 tokens');
    assert.equal(
      receiptWords.closed(receipt('g', { charged: none, outcome: 'failed' })),
      '0 tokens · the provider failed',
    );
    assert.equal(receiptWords.closed(receipt('g', { charged: none, outcome: 'refused' })), '0 tokens · not done');
  });

  it('says why by the largest part', () => {
    assert.equal(receiptWords.why(receipt('g')), 'Mostly the answer: 214 lines in 2 files.');
    assert.equal(receiptWords.why(receipt('g', { files: 0 })), 'Mostly the answer.');
    const parts = { message: millitokens(100), prompt: none, context: millitokens(900), response: none };
    assert.equal(receiptWords.why(receipt('g', { parts })), 'Mostly files and history that went along.');
  });

  it('gives the basis of an estimate', () => {
    const reason = { part: 'response', millitokens: millitokens(810) } as const;
    const note = (basis: 'prior' | 'receipts', n?: number) =>
      receiptWords.reason({ ...reason, basis, ...(n === undefined ? {} : { n }) }, 'table').note;
    assert.equal(note('prior'), 'typical for a table');
    assert.equal(note('receipts', 8), 'like your last 8 tables');
  });

  it('says what failed and what it cost', () => {
    const failed = (step: number) => messageWords.failure({ kind: 'stepFailed', step, charged: millitokens(1_120) });
    assert.equal(failed(5), 'It failed at step 5: that step cost 0, steps 1–4 cost 1.12.');
    assert.equal(failed(2), 'It failed at step 2: that step cost 0, step 1 cost 1.12.');
    assert.equal(failed(1), 'It failed at step 1: 0 tokens.');
    assert.equal(messageWords.useOllama(1), 'Use Ollama (1 model found)');
    const refused = (asks: boolean) =>
      messageWords.failure({ kind: 'needsModel', ollamaModels: 0, reason: 'Which?', asks });
    assert.equal(refused(true), 'Nothing was changed. 0 tokens, and your draft is kept.');
    assert.equal(refused(false), 'This needs an AI model. 0 tokens, and your draft is kept.');
  });

  it('says that an answer broke off where some of it had come', () => {
    const failure = { kind: 'modelSilent', retryable: true, reason: 'Too busy.' } as const;
    const ended = (parts: Answer['parts']) => {
      const at = (changes: Partial<Answer>) => {
        return { thread: thread([answer('g', { parts, ...changes })]), status: status(), composer: composer() };
      };
      return announcements(at({ state: 'streaming' }), at({ state: 'failed', failure }));
    };
    const brokeOff = 'The answer broke off. 0 tokens. The provider says: Too busy.';
    assert.deepEqual(ended([{ kind: 'text', text: 'The' }]), [brokeOff]);
    assert.deepEqual(ended([]), ['The model didn’t answer. 0 tokens. The provider says: Too busy.']);
  });

  it('says of an answer that was interrupted what it cost, once that is known', () => {
    const charged = { receipt: receipt('g', { charged: millitokens(280) }) };
    assert.equal(
      messageWords.ended({ state: 'interrupted', ...charged }),
      'This answer was interrupted. 0.28 for what arrived; what it changed can be rolled back.',
    );
    assert.equal(
      messageWords.ended({ state: 'interrupted' }),
      'This answer was interrupted. What it changed can be rolled back.',
    );
  });

  it('says which project Free has, and how often it can still be another', () => {
    const said = (movesLeft?: number) =>
      messageWords.failure({
        ...{ kind: 'projectLimit', active: 'shop' },
        ...(movesLeft === undefined ? {} : { movesLeft }),
      });
    assert.equal(said(), 'Free has one project, and it is shop. 0 tokens.');
    assert.match(said(3), /shop\. 0 tokens\. It can be moved here; that works 3 more times in this period\./);
    assert.match(said(1), /that works once more in this period\. The history of both stays\.$/);
    assert.match(said(0), /It was moved three times in this period, so it stays there until the next\.$/);
    assert.match(messageWords.failure({ kind: 'projectLimit' }), /it is another one/);
  });

  it('says what a roll back does to each file', () => {
    const lines = rollbackPreview({
      files: [
        { path: 'a', kind: 'restored', added: 3, removed: 24, keepsLine: 40 },
        { path: 'b', kind: 'restored', added: 0, removed: 0, conflictLine: 12 },
        { path: 'c', kind: 'recreated', added: 5, removed: 0 },
      ],
    }).files.map((file) => rollbackWords.file(file));
    assert.deepEqual(lines, ['+3 −24, your edit on line 40 stays', 'you and the AI changed line 12', 'is back']);
  });

  it('shows the balance without holds, minus the live spend, and nothing for unknown', () => {
    const held = { ...account(283_400).balance, held: millitokens(4_000) };
    const amounts = { spent: millitokens(420), stopsAt: millitokens(4_000), usedBefore: held.used };
    const running = { generation: 'g', ...amounts, budget: null };
    assert.equal(balanceLeft(status({ account: { ...account(), balance: held }, running })), 286_980);
    assert.equal(balanceLeft(status({ account: null })), null);
  });

  it('says of what runs where it stops, and that the budget of the day is why', () => {
    const amounts = { spent: none, stopsAt: millitokens(1_200), usedBefore: none };
    const said = (budget: Millitokens | null) => words.spentSoFar({ generation: 'g', ...amounts, budget });
    assert.equal(said(null), '0.00 so far · stops at 1.2');
    assert.equal(said(millitokens(20_000)), '0.00 so far · stops at 1.2 by your budget');
  });

  it('names the thing that all candidates share with the draft', () => {
    assert.equal(commonThing('Change header to blue', ['header.site', '.card header']), 'header');
    assert.equal(commonThing('Change it', ['nav', '.card']), null);
  });

  it('groups steps between texts', () => {
    const step = { kind: 'step', id: 's', tool: 'write_file', state: 'done' } as const;
    const groups = partGroups([step, step, { kind: 'text', text: 'a' }, step]);
    assert.deepEqual(
      groups.map((group) => (group.kind === 'steps' ? group.steps.length : group.text)),
      [2, 'a', 1],
    );
  });

  it('announces the end of an answer once, and a banner once', () => {
    const at = (messages: Parameters<typeof thread>[0], banner = status().banner) => ({
      thread: thread(messages),
      status: status({ banner }),
      composer: composer(),
    });
    const streaming = at([answer('g', { state: 'streaming' })]);
    const done = at([answer('g', { receipt: receipt('g') })]);
    assert.deepEqual(announcements(streaming, done), ['Done, 1.24 tokens.']);
    assert.deepEqual(announcements(done, at([answer('g', { receipt: receipt('g'), changesState: 'kept' })])), []);
    const banner = { kind: 'rolledBack', rollbackId: 'r', files: 1, promptRestored: true } as const;
    const rolledBack = at([], banner);
    assert.deepEqual(announcements(at([]), rolledBack), ['Rolled back 1 file. Your prompt is back in the box.']);
    const onlySaid = at([], { ...banner, files: 0 });
    assert.deepEqual(announcements(at([]), onlySaid), ['Rolled back. Your prompt is back in the box.']);
    assert.deepEqual(announcements(rolledBack, at([], { ...banner })), []);
    assert.deepEqual(announcements(null, done), []);
  });

  it('announces once that a busy provider is waited for', () => {
    const at = (failure?: Failure) => ({
      thread: thread([answer('g', { state: 'streaming', ...(failure && { failure }) })]),
      status: status(),
      composer: composer(),
    });
    const busy = { kind: 'providerBusy', retryInSeconds: 20 } as const;
    assert.deepEqual(announcements(at(), at(busy)), [messageWords.failure(busy)]);
    assert.deepEqual(announcements(at(busy), at({ ...busy })), []);
    assert.deepEqual(announcements(at(busy), at()), []);
  });

  it('has three starters and says large messages by their size', () => {
    assert.equal(starters.length, 3);
    assert.equal(words.tooLarge(1_400_000, 1_000_000), 'This message is 1.4 MB; the limit is 1 MB.');
    assert.equal(words.tooLarge(1_000_001, 1_000_000), 'This message is 1.1 MB; the limit is 1 MB.');
  });
});

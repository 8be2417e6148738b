import assert from 'node:assert/strict';
import { estimate } from '../../../../src/core/estimate.ts';
import { messageOverhead } from '../../../../src/core/messageOverhead.ts';
import { millitokens } from '../../../../src/core/tokens.ts';
import type { Message } from '../../../../src/protocol/chat.ts';
import type { ChatState } from '../../../../webview/chat/chatState.ts';
import { draftAdvice } from '../../../../webview/chat/draftAdvice.ts';
import type { FoundOffer } from '../../../../webview/chat/shownAdvice.ts';
import { account, answer, composer, prompt, status, thread } from '../../../support/chatSnapshots.ts';

const NOW = Date.parse('2026-11-22T10:05:00.000Z');
const offer: FoundOffer = { kind: 'edit', places: [{ path: 'a.css', line: 1 }], saves: millitokens(500) };

function chat(changes: Partial<ChatState> = {}): ChatState {
  return { thread: thread(), status: status(), composer: composer(), ...changes };
}
function kinds(state: ChatState, text: string, found: FoundOffer | null = null): string[] {
  return draftAdvice(state, text, found, NOW).map(({ kind }) => kind);
}
const asked = (...messages: Message[]) => chat({ thread: thread(messages) });

describe('advice on a draft', () => {
  it('offers a free edit only where the planner found the place', () => {
    assert.deepEqual(kinds(chat(), 'Change header to blue'), []);
    assert.deepEqual(kinds(chat(), 'Change header to blue', offer), ['edit-for-free']);
  });

  it('leaves out what saves under 0.3 tokens and under a quarter of the price', () => {
    const dear = 'Create a dashboard with key figures for revenue, orders and customers';
    const small: FoundOffer = { ...offer, saves: millitokens(299) };
    const { likely } = estimate({ prompt: dear, contextTokens: 1_200, multiplier: 1 });
    assert.ok(likely > 4 * 299);
    assert.deepEqual(kinds(chat(), dear, small), []);
    assert.deepEqual(kinds(chat(), dear, { ...offer, saves: millitokens(300) }), ['edit-for-free']);
    assert.deepEqual(kinds(chat(), 'Change header to blue', small), ['edit-for-free']);
  });

  it('asks for what is missing, by name', () => {
    const [advice] = draftAdvice(chat(), 'Create a users table', null, NOW);
    assert.ok(advice?.kind === 'add-detail');
    assert.deepEqual(advice.missing, ['columns', 'types', 'sorting', 'empty-state']);
  });

  it('advises to batch what is small, with what waits or after a run of such', () => {
    const batch = [{ id: 'b1', text: 'Add a status filter', free: false }];
    const [collected] = draftAdvice(chat({ composer: composer({ batch }) }), 'Sort by name', null, NOW);
    assert.ok(collected?.kind === 'batch');
    assert.equal(collected.requests, 2);
    const price = estimate({ prompt: 'Sort by name', contextTokens: 1_200, multiplier: 1 });
    assert.equal(collected.saves, messageOverhead(price));
    const waiting = { held: false, messages: [{ id: 'w1', text: 'Add a status filter' }] };
    assert.deepEqual(kinds(chat({ composer: composer({ waiting }) }), 'Sort by name'), ['batch']);
    const run = ['Create a users table', 'Add a phone column', 'Add a city column'].flatMap((text, index) => {
      return [prompt(`m${String(index)}`, text), answer(`g${String(index)}`)];
    });
    assert.deepEqual(kinds(asked(...run), 'Add an age column'), ['batch']);
    assert.deepEqual(kinds(chat(), 'Sort by name'), []);
  });

  it('advises to roll back the answer that is complained about, not one that runs, failed or is gone', () => {
    const complaint = "that's not what I wanted";
    const question = prompt('m1', 'Create a users table');
    const [advice] = draftAdvice(asked(question, answer('g1')), complaint, null, NOW);
    assert.ok(advice?.kind === 'roll-back');
    assert.equal(advice.generation, 'g1');
    assert.ok(advice.fix > 0);
    assert.deepEqual(kinds(chat(), complaint), []);
    assert.deepEqual(kinds(asked(question, answer('g1', { state: 'streaming' })), complaint), []);
    assert.deepEqual(kinds(asked(question, answer('g1', { state: 'failed' })), complaint), []);
    assert.deepEqual(kinds(asked(question, answer('g1', { changesState: 'rolledBack' })), complaint), []);
    assert.deepEqual(kinds(asked({ ...question, rolledBack: true }, answer('g1')), complaint), []);
  });

  it('prices both ways once three fixes have their receipts', () => {
    const talk = asked(prompt('m1', 'Create a users table'), answer('g1'));
    const known = { ...talk, composer: composer({ usualFix: { each: millitokens(700), messages: 3 } }) };
    const [advice] = draftAdvice(known, 'undo that', null, NOW);
    assert.ok(advice?.kind === 'roll-back');
    assert.deepEqual([advice.fix, advice.messages], [700, 3]);
    assert.equal(
      advice.retry,
      estimate({ prompt: 'Create a users table', contextTokens: 1_200, multiplier: 1 }).likely,
    );
    const [unknown] = draftAdvice(talk, 'undo that', null, NOW);
    assert.ok(unknown?.kind === 'roll-back' && unknown.messages === null);
  });

  it('advises to start fresh where the history adds 0.3 tokens, and nothing runs', () => {
    const long = composer({ contextTokens: 20_000, historyTokens: 18_000 });
    const [advice] = draftAdvice(chat({ composer: long }), 'Sort by name', null, NOW);
    assert.ok(advice?.kind === 'start-fresh');
    const price = (contextTokens: number) => estimate({ prompt: 'Sort by name', contextTokens, multiplier: 1 }).likely;
    assert.equal(advice.saves, price(20_000) - price(2_000));
    const short = composer({ contextTokens: 12_000, historyTokens: 10_000 });
    assert.deepEqual(kinds(chat({ composer: short }), 'Sort by name'), []);
    const amounts = { spent: millitokens(0), stopsAt: millitokens(1), usedBefore: millitokens(0) };
    const running = { generation: 'g', ...amounts, budget: null };
    assert.deepEqual(kinds(chat({ composer: long, status: status({ running }) }), 'Sort by name'), []);
  });

  it('says what a message leaves where little is left, unless even its price is not there', () => {
    const draft = 'Create a contact form with fields: name, email, message';
    const { likely, high } = estimate({ prompt: draft, contextTokens: 1_200, multiplier: 1 });
    const left = (available: number) => chat({ status: status({ account: account(available) }) });
    const [advice] = draftAdvice(left(9_000), draft, null, NOW);
    assert.ok(advice?.kind === 'low-balance' && high < 9_000);
    assert.equal(advice.leaves, 9_000 - likely);
    assert.deepEqual(kinds(left(high - 1), draft), []);
    assert.deepEqual(kinds(left(200_000), draft), []);
    assert.deepEqual(kinds(chat({ status: status({ account: null }) }), draft), []);
  });

  it('gives no kind that is silenced or set off, and without a price the free edit alone', () => {
    const only = chat({ composer: composer({ adviceKinds: ['low-balance'] }) });
    assert.deepEqual(kinds(only, 'Create a users table', offer), []);
    const unpriced = chat({ composer: composer({ rateCard: null }) });
    assert.deepEqual(kinds(unpriced, 'Create a users table', offer), ['edit-for-free']);
  });
});

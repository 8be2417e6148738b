import assert from 'node:assert/strict';
import { millitokens } from '../../../../src/core/tokens.ts';
import { endedMessage } from '../../../../src/extension/chat/endedMessage.ts';
import { MAX_CALLS } from '../../../../src/extension/chat/generationRunner.ts';

describe('how an ended generation is shown', () => {
  const limit = { kind: 'charge' as const, limit: millitokens(8_000), more: millitokens(4_000) };
  const known = { supportUrl: 'https://example.com/help', ollamaModels: 0, projects: null, limit };

  it('pauses at the person’s limit with what there is more, and after too many calls', () => {
    assert.deepEqual(endedMessage({ kind: 'paused' }, known), {
      ...{ state: 'paused', failure: null, pause: limit, giveBack: false },
    });
    assert.deepEqual(endedMessage({ kind: 'stepLimit' }, known), {
      ...{ state: 'paused', failure: null, pause: { kind: 'steps', limit: MAX_CALLS }, giveBack: false },
    });
  });

  it('gives the prompt back where nothing came of it', () => {
    assert.ok(endedMessage({ kind: 'noFolder' }, known).giveBack);
    assert.ok(endedMessage({ kind: 'refused', reason: 'No.', asks: false }, known).giveBack);
    assert.ok(!endedMessage({ kind: 'stopped' }, known).giveBack);
  });

  it('names the one project that the plan has room for, and how often it can be another', () => {
    const end = { kind: 'failed', failure: { kind: 'projectLimit' } } as const;
    const [shop, blog] = [
      { id: 'p1', name: 'shop', active: true },
      { id: 'p2', name: 'blog', active: false },
    ];
    const projects = { projects: [blog, shop], movesLeft: 2 };
    const shown = endedMessage(end, { ...known, projects });
    assert.deepEqual(shown.failure, { kind: 'projectLimit', active: 'shop', movesLeft: 2 });
    assert.deepEqual(endedMessage(end, known).failure, { kind: 'projectLimit' });
    const unlimited = { projects: [shop], movesLeft: null };
    assert.deepEqual(endedMessage(end, { ...known, projects: unlimited }).failure, {
      ...{ kind: 'projectLimit', active: 'shop' },
    });
  });

  it('says whom to ask about an account on hold', () => {
    const { failure } = endedMessage({ kind: 'failed', failure: { kind: 'accountOnHold', supportUrl: '' } }, known);
    assert.deepEqual(failure, { kind: 'accountOnHold', supportUrl: 'https://example.com/help' });
  });
});

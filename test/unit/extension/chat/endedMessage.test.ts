import assert from 'node:assert/strict';
import { endedMessage } from '../../../../src/extension/chat/endedMessage.ts';

describe('how an ended generation is shown', () => {
  const known = { supportUrl: 'https://example.com/help', ollamaModels: 0, projects: null };

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

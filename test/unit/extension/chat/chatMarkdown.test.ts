import assert from 'node:assert/strict';
import { millitokens } from '../../../../src/core/tokens.ts';
import { chatMarkdown } from '../../../../src/extension/chat/chatMarkdown.ts';
import { answer, prompt, receipt, thread } from '../../../support/chatSnapshots.ts';

const words = {
  you: 'You',
  tokenfare: 'Tokenfare',
  rolledBack: 'rolled back',
  changed: (path: string, added: number, removed: number) => `${path} +${String(added)} -${String(removed)}`,
  attached: (labels: string) => `With ${labels}`,
  charged: (tokens: string) => `${tokens} tokens`,
  free: '0 tokens',
};

describe('a chat as Markdown', () => {
  it('says who said what, what was changed and what it cost, in order', () => {
    const messages = [
      { ...prompt('u1', 'Make `it`'), attachments: [{ label: 'app.js', modelTokens: 3 }], rolledBack: true },
      answer('g1', {
        parts: [
          { kind: 'text', text: 'First.\n' },
          { kind: 'step', id: 's', tool: 'write_file', path: 'a.js', state: 'done' },
          { kind: 'text', text: '```js\nx\n```' },
        ],
        changes: [{ path: 'a.js', kind: 'created', added: 2, removed: 0 }],
        receipt: receipt('g1', { charged: millitokens(1_240) }),
      }),
      {
        role: 'localEdit' as const,
        id: 'c1',
        at: '2026-11-22T10:00:00.000Z',
        prompt: 'Blue',
        places: [],
        saved: millitokens(0),
        rolledBack: false,
      },
    ];
    assert.equal(
      chatMarkdown({ ...thread(messages), title: 'A\n title' }, words),
      [
        '# A title',
        '## You (rolled back)',
        'Make `it`',
        '_With app.js_',
        '## Tokenfare',
        'First.',
        '```js\nx\n```',
        '- a.js +2 -0',
        '_1.24 tokens_',
        '## You',
        'Blue',
        '_0 tokens_\n',
      ].join('\n\n'),
    );
  });
});

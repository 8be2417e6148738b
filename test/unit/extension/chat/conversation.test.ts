import assert from 'node:assert/strict';
import type { Message } from '../../../../src/protocol/chat.ts';
import { conversation } from '../../../../src/extension/chat/conversation.ts';

const at = '2026-11-01T10:00:00.000Z';
const asked = (id: string, text: string, rolledBack = false): Message => {
  return { role: 'user', id, text, at, attachments: [], rolledBack };
};
const answered = (id: string, text: string, change: Partial<Extract<Message, { role: 'assistant' }>> = {}): Message => {
  return {
    role: 'assistant',
    id,
    at,
    parts: [{ kind: 'text', text }],
    state: 'done',
    changes: [],
    changesState: 'none',
    ...change,
  };
};

describe('conversation', () => {
  it('sends attachments in messages of their own before the words of the person', () => {
    const sent = conversation([], [{ path: 'a.ts', text: 'let a;' }], 'Explain');
    assert.deepEqual(sent, [
      { role: 'user', content: 'File: a.ts\n```\nlet a;\n```' },
      { role: 'user', content: 'Explain' },
    ]);
  });

  it('keeps names with line breaks on one line', () => {
    const path = 'a\nYou may.ts';
    const [file] = conversation([], [{ path, text: 'let a;\n' }], 'Explain');
    assert.equal(file?.content, 'File: a\ufffdYou may.ts\n```\nlet a;\n```');
    const question = { ...asked('u', 'x'), attachments: [{ label: path, modelTokens: 1 }] };
    const changes = [{ path, kind: 'created', added: 1, removed: 0 } as const];
    const sent = conversation([question, answered('g', 'Made it.', { changes })], [], 'n').map(
      ({ content }) => content,
    );
    assert.deepEqual(sent, [
      'x\n\n(Attached at the time: a\ufffdYou may.ts)',
      'Made it.\n\n(Files: created a\ufffdYou may.ts.)',
      'n',
    ]);
  });

  it('fences a file that has fences itself', () => {
    const [file] = conversation([], [{ path: 'a.md', text: '````\nx\n````\n' }], 'Explain');
    assert.equal(file?.content, 'File: a.md\n`````\n````\nx\n````\n`````');
  });

  it('leaves out what was rolled back, what was refused and what came to nothing', () => {
    const history = [
      asked('u1', 'Gone', true),
      answered('g1', 'Gone too'),
      asked('u2', 'Refused'),
      answered('g2', 'No', { state: 'refused' }),
      asked('u3', 'Failed'),
      answered('g3', '', { parts: [], state: 'failed' }),
      asked('u4', 'Kept'),
      answered('g4', 'Answer'),
    ];
    const sent = conversation(history, [], 'Next').map(({ content }) => content);
    assert.deepEqual(sent, ['Kept', 'Answer', 'Next']);
  });

  it('names the files that an answer changed, and says if they were rolled back', () => {
    const changes = [{ path: 'a.html', kind: 'created', added: 1, removed: 0 } as const];
    const kept = conversation([asked('u', 'x'), answered('g', 'Made it.', { changes })], [], 'n');
    assert.equal(kept[1]?.content, 'Made it.\n\n(Files: created a.html.)');
    const undone = answered('g', 'Made it.', { changes, changesState: 'rolledBack' });
    assert.match(JSON.stringify(conversation([asked('u', 'x'), undone], [], 'n')), /rolled back since/);
  });

  it('drops the oldest exchanges as a whole when there are too many', () => {
    const long = 'x'.repeat(70_000);
    const history = [asked('u1', 'one'), answered('g1', long), asked('u2', 'two'), answered('g2', long)];
    const sent = conversation(history, [], 'Next');
    assert.deepEqual(
      sent.map(({ role, content }) => [role, content.length]),
      [
        ['user', 3],
        ['assistant', 70_000],
        ['user', 4],
      ],
    );
    assert.equal(sent[0]?.content, 'two');
  });
});

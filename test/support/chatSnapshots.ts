import type { Attachment } from '../../src/extension/chat/chatAttachment.ts';
import { defaultRateCard } from '../../src/core/rateCard.ts';
import { millitokens } from '../../src/core/tokens.ts';
import { accountBody } from './accountBody.ts';
import { adviceKinds } from '../../src/protocol/chat.ts';
import type { Composer, Message, Receipt, Status, Thread } from '../../src/protocol/chat.ts';
import type { RollbackPreview } from '../../src/protocol/rollbackPreview.ts';

export type Answer = Extract<Message, { role: 'assistant' }>;
type Account = NonNullable<Status['account']>;

/** Snapshots as the extension sends them, each whole and valid; a test changes what it is about. */
export function thread(messages: Message[] = []): Thread {
  return { session: 'session-1', title: messages.length === 0 ? '' : 'Create a users table', messages };
}

export function account(available = 287_400, changes: Partial<Account> = {}): Account {
  const allowance = millitokens(300_000);
  const used = millitokens(allowance - available);
  return accountBody({
    balance: { available: millitokens(available), held: millitokens(0), allowance, used },
    ...changes,
  });
}

export function status(changes: Partial<Status> = {}): Status {
  return {
    connection: { kind: 'ready' },
    account: account(),
    server: null,
    running: null,
    budget: null,
    sums: { chat: millitokens(1_900), today: millitokens(3_100), saved: millitokens(2_600) },
    workspace: 'open',
    preview: null,
    banner: null,
    ...changes,
  };
}

export function composer(changes: Partial<Composer> = {}): Composer {
  return {
    draft: '',
    editing: null,
    mode: 'agent',
    sendWith: 'enter',
    attachments: [],
    commandAttachments: [],
    instructions: [],
    openEditor: null,
    model: { id: 'builder', name: 'Builder', multiplier: 1, contextWindow: 65_536 },
    rateCard: defaultRateCard,
    contextTokens: 1_200,
    historyTokens: 0,
    attachedTokens: 0,
    maxCharge: null,
    budgetLeft: null,
    compactPrompt: 'Summarize this chat.',
    offersFreeEdits: true,
    adviceKinds: [...adviceKinds],
    learned: {},
    usualFix: null,
    batch: [],
    waiting: { held: false, messages: [] },
    ...changes,
  };
}

export function prompt(id: string, text: string): Extract<Message, { role: 'user' }> {
  return { role: 'user', id, text, at: '2026-11-22T10:00:00.000Z', attachments: [], rolledBack: false };
}

export function answer(id: string, changes: Partial<Answer> = {}): Answer {
  return {
    role: 'assistant',
    id,
    at: '2026-11-22T10:00:05.000Z',
    parts: [],
    state: 'done',
    changes: [],
    changesState: 'none',
    ...changes,
  };
}

export function receipt(generation: string, changes: Partial<Receipt> = {}): Receipt {
  return {
    generation,
    charged: millitokens(1_240),
    parts: {
      message: millitokens(100),
      prompt: millitokens(20),
      context: millitokens(310),
      response: millitokens(810),
    },
    model: 'builder',
    multiplier: 1,
    promptTokens: 26,
    contextTokens: 3_120,
    cachedTokens: 2_000,
    responseTokens: 2_214,
    counted: false,
    calls: 3,
    balanceAfter: millitokens(298_760),
    estimate: {
      kind: 'table',
      low: millitokens(900),
      likely: millitokens(1_150),
      high: millitokens(1_400),
      stopsAt: millitokens(4_000),
      reasons: [],
    },
    outcome: 'done',
    lines: 214,
    files: 2,
    ...changes,
  };
}

const USERS_TABLE =
  'Create a users table with columns: name, email, status (as colored badge). Add sorting on all columns.';

/** A finished first message: steps, text with code, three changed files, a receipt. */
export function usersTableThread(changes: Partial<Answer> = {}): Thread {
  return thread([
    prompt('m1', USERS_TABLE),
    answer('g1', {
      parts: [
        { kind: 'text', text: 'I’ll make a page with a table whose columns sort, and keep your styles.' },
        { kind: 'step', id: 's1', tool: 'read_file', path: 'styles.css', state: 'done' },
        { kind: 'step', id: 's2', tool: 'write_file', path: 'users.html', state: 'done' },
        { kind: 'step', id: 's3', tool: 'write_file', path: 'users.js', state: 'done' },
        { kind: 'step', id: 's4', tool: 'edit_file', path: 'styles.css', state: 'done' },
        {
          kind: 'text',
          text: [
            'The table is in [users.html](users.html). Each header is a button that sorts by its column:',
            '',
            '```js',
            "button.addEventListener('click', () => sortBy(column, direction(column)));",
            '```',
            '',
            '- **Status** is a badge: `active` green, `invited` amber, `disabled` grey',
            '- Sorting is announced by `aria-sort`',
          ].join('\n'),
        },
      ],
      changes: [
        { path: 'users.html', kind: 'created', added: 48, removed: 0 },
        { path: 'users.js', kind: 'created', added: 142, removed: 0 },
        { path: 'styles.css', kind: 'edited', added: 24, removed: 2 },
      ],
      changesState: 'pending',
      ...(changes.state === 'streaming' ? {} : { receipt: receipt('g1') }),
      ...changes,
    }),
  ]);
}

export function rollbackPreview(changes: Partial<RollbackPreview> = {}): RollbackPreview {
  return {
    generation: 'g1',
    prompt: USERS_TABLE,
    scope: 'since',
    hasLater: false,
    inChat: true,
    laterMessages: 0,
    files: [
      { path: 'users.html', kind: 'deleted', added: 0, removed: 48 },
      { path: 'users.js', kind: 'deleted', added: 0, removed: 142 },
      { path: 'styles.css', kind: 'restored', added: 0, removed: 24, keepsLine: 40 },
    ],
    ...changes,
  };
}

/** A file that goes along with the next message. */
export const attached: Attachment = {
  ...{ id: 'a1', kind: 'file', label: 'styles.css', modelTokens: 120 },
  ...{ uri: 'file:///w/styles.css', path: 'styles.css', lines: null },
};

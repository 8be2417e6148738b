import { millitokens } from '../../src/core/tokens.ts';
import {
  account,
  answer,
  composer,
  prompt,
  receipt,
  rollbackPreview,
  status,
  thread,
  usersTableThread,
} from './chatSnapshots.ts';
import type { Snapshot } from './fakeChatHost.ts';

/** Every state of the chat page that people meet, by name: for pictures, for axe and for overflow. */
const REFUSAL = 'I can’t translate a README. I make tables, lists, CRUD pages, forms and dashboards, and change them.';

const BUDGET = { day: '2026-11-22', perDay: millitokens(20_000) };

export const chatScenes: Record<string, Snapshot> = {
  empty: scene({}),
  answered: scene({ thread: usersTableThread(), composer: composer({ draft: 'Add a filter by status' }) }),
  streaming: scene({
    thread: usersTableThread({
      state: 'streaming',
      changes: [],
      changesState: 'none',
      parts: [
        { kind: 'text', text: 'I’ll make a page with a table whose columns sort.' },
        { kind: 'step', id: 's1', tool: 'read_file', path: 'styles.css', state: 'done' },
        {
          kind: 'step',
          id: 's2',
          tool: 'edit_file',
          path: 'app.js',
          state: 'failed',
          detail: 'The text was not found.',
        },
        { kind: 'step', id: 's3', tool: 'write_file', path: 'users.html', state: 'running' },
      ],
    }),
    status: status({ running: running() }),
  }),
  stopsAtBudget: scene({
    thread: usersTableThread({ state: 'streaming', parts: [], changes: [], changesState: 'none' }),
    status: status({ running: { ...running(), stopsAt: millitokens(1_200), budget: BUDGET.perDay } }),
    composer: composer({ draft: 'Add a filter by status' }),
  }),
  paused: scene({
    thread: usersTableThread({
      state: 'paused',
      pause: { kind: 'charge', limit: millitokens(4_000), more: millitokens(4_000) },
      receipt: receipt('g1', { charged: millitokens(3_980), outcome: 'paused' }),
    }),
  }),
  pausedAtBudget: scene({
    thread: usersTableThread({
      state: 'paused',
      pause: { kind: 'budget', limit: millitokens(20_000), more: millitokens(4_000) },
      receipt: receipt('g1', { charged: millitokens(3_980), outcome: 'paused' }),
    }),
  }),
  asking: scene({
    thread: usersTableThread({
      state: 'streaming',
      changes: [],
      changesState: 'none',
      parts: [
        { kind: 'text', text: 'I’ll run the tests first.' },
        {
          kind: 'step',
          id: 's1',
          tool: 'run_command',
          command: 'npm run lint',
          state: 'failed',
          detail: 'Exit code 1.',
          output: 'src/app.js\n  12:3  error  Missing semicolon',
        },
        { kind: 'step', id: 's2', tool: 'run_command', command: 'npm test', asks: 'command', state: 'asking' },
      ],
    }),
    status: status({ running: running() }),
  }),
  preview: scene({ thread: usersTableThread(), status: status({ preview: rollbackPreview({ laterMessages: 2 }) }) }),
  conflict: scene({
    thread: usersTableThread(),
    status: status({
      preview: rollbackPreview({
        files: [
          { path: 'users.html', kind: 'deleted', added: 0, removed: 48 },
          { path: 'app.js', kind: 'restored', added: 2, removed: 9, conflictLine: 12 },
          { path: 'dist/app.js', kind: 'unchanged', added: 0, removed: 0 },
        ],
      }),
    }),
  }),
  rolledBack: scene({
    thread: usersTableThread({ changesState: 'rolledBack' }),
    composer: composer({ draft: 'Create a users table with columns: name, email' }),
    status: status({ banner: { kind: 'rolledBack', rollbackId: 'r1', files: 3, promptRestored: true } }),
  }),
  decided: scene({
    thread: usersTableThread({
      changesState: 'partly',
      changes: [
        { path: 'users.html', kind: 'created', added: 48, removed: 0, state: 'undone' },
        { path: 'users.js', kind: 'created', added: 142, removed: 0, state: 'kept' },
        { path: 'styles.css', kind: 'edited', added: 24, removed: 2, state: 'partly' },
        { path: 'index.html', kind: 'edited', added: 2, removed: 0 },
      ],
    }),
  }),
  budgetLow: scene({ status: status({ budget: { ...BUDGET, left: millitokens(3_900), warning: 'low' } }) }),
  budgetSetAside: scene({ status: status({ budget: { ...BUDGET, left: millitokens(0), warning: 'setAside' } }) }),
  budgetUsed: scene({ status: status({ budget: { ...BUDGET, left: millitokens(0), warning: 'used' } }) }),
  code: scene({
    thread: thread([
      prompt('m1', 'Show me how'),
      answer('g1', {
        parts: [
          {
            kind: 'text',
            text: [
              'In `users.js`:',
              '```js',
              '// Sorted by one column.',
              'export function sortBy(column, rows = []) {',
              '  const order = column === "name" ? 1 : -1;',
              '  return [...rows].sort((a, b) => order * a[column].localeCompare(b[column]));',
              '}',
              '```',
              'and in the page:',
              '```html',
              '<!-- Users --> <table class="users" data-rows="12"><tr><th>Name</th></tr></table>',
              '```',
              '```css',
              '.users th:hover { color: #336699; margin: 4px auto; content: "x" }',
              '```',
              '```python',
              'def total(rows: list[int]) -> int:',
              '    return sum(row for row in rows if row is not None)',
              '```',
              '```diff',
              '-const a = 1;',
              '+const a = 2;',
              '```',
            ].join('\n'),
          },
        ],
      }),
    ]),
  }),
  localEdit: scene({
    thread: thread([
      {
        role: 'localEdit',
        id: 'c1',
        at: '2026-11-22T10:00:00.000Z',
        prompt: 'Change header to blue',
        places: [{ path: 'styles.css', line: 12 }],
        saved: millitokens(500),
        rolledBack: false,
      },
    ]),
  }),
  attached: scene({
    composer: composer({
      draft: 'Look at these',
      attachments: [
        { id: 'a1', label: 'styles.css:12-40', modelTokens: 310 },
        { id: 'a2', label: 'Pasted text 1', modelTokens: 4_200 },
      ],
      openEditor: { label: 'app.js', modelTokens: 1_250, isIncluded: false },
      contextTokens: 21_000,
      historyTokens: 15_000,
      attachedTokens: 4_510,
    }),
  }),
  editing: scene({
    thread: usersTableThread(),
    composer: composer({ draft: 'Create a users table', editing: { message: 'm1', later: 2, files: 3 } }),
  }),
  starting: scene({
    status: status({ connection: { kind: 'starting' }, account: null }),
    composer: composer({ rateCard: null, draft: 'Hello' }),
  }),
  unreachable: scene({ status: status({ connection: { kind: 'unreachable' }, account: null }) }),
  away: scene({ status: status({ connection: { kind: 'away', asOf: '2026-11-22T14:02:00.000Z' } }) }),
  signedOut: scene({
    status: status({ connection: { kind: 'signedOut', refusedBy: null }, account: null, server: 'tokens.example.com' }),
  }),
  keyRefused: scene({
    status: status({ connection: { kind: 'signedOut', refusedBy: 'tokens.example.com' }, account: null }),
  }),
  failed: scene({ status: status({ connection: { kind: 'failed', reason: 'port 4141 is in use' }, account: null }) }),
  noFolder: scene({
    thread: failedThread({ kind: 'noFolder' }, 'failed'),
    status: status({ workspace: 'none' }),
    composer: composer({ draft: 'Create a users table' }),
  }),
  restricted: scene({ status: status({ workspace: 'restricted' }) }),
  readOnly: scene({ status: status({ workspace: 'readOnly' }) }),
  unpaid: scene({
    status: status({
      account: account(300_000, {
        plan: { id: 'pro', name: 'Pro' },
        notice: { kind: 'renewal_unpaid', planId: 'pro', until: '2026-12-04T09:14:00.000Z' },
      }),
    }),
  }),
  onHold: scene({ status: status({ account: account(287_400, { notice: { kind: 'on_hold' } }) }) }),
  low: scene({ status: status({ account: account(58_200, { warning: 'low' }) }) }),
  noTokens: scene({
    status: status({ account: account(0, { warning: 'empty' }) }),
    composer: composer({ draft: 'Create a dashboard' }),
  }),
  notEnough: scene({
    status: status({ account: account(1_200) }),
    composer: composer({ draft: 'Create a dashboard with key figures for revenue, orders and customers' }),
  }),
  needsModel: scene({
    thread: failedThread({ kind: 'needsModel', ollamaModels: 3, reason: REFUSAL, asks: false }, 'refused'),
    composer: composer({ draft: 'Port this app to Rust' }),
  }),
  modelSilent: scene({
    thread: failedThread(
      { kind: 'modelSilent', retryable: true, reason: 'This request is 9,000 tokens too long.' },
      'failed',
    ),
  }),
  providerBusy: scene({
    thread: usersTableThread({
      ...{ state: 'streaming', parts: [], changes: [], changesState: 'none' },
      failure: { kind: 'providerBusy', retryInSeconds: 20 },
    }),
    status: status({ running: running() }),
  }),
  brokeOff: scene({
    thread: usersTableThread({
      state: 'failed',
      failure: { kind: 'modelSilent', retryable: true, reason: 'The server is overloaded.' },
      parts: [{ kind: 'text', text: 'I’ll make a page with a table whose columns' }],
      changes: [],
      changesState: 'none',
      receipt: receipt('g1', { charged: millitokens(0), outcome: 'failed' }),
    }),
  }),
  sessionOver: scene({ thread: failedThread({ kind: 'signedOut' }, 'failed') }),
  projectLimit: scene({ thread: failedThread({ kind: 'projectLimit', active: 'shop', movesLeft: 2 }, 'failed') }),
  projectStays: scene({ thread: failedThread({ kind: 'projectLimit', active: 'shop', movesLeft: 0 }, 'failed') }),
  stopped: scene({
    thread: usersTableThread({
      state: 'stopped',
      receipt: receipt('g1', { charged: millitokens(420), outcome: 'stopped' }),
    }),
  }),
  hostile: scene({
    thread: thread([prompt('m1', 'Show me'), answer('g1', { parts: [{ kind: 'text', text: hostile() }] })]),
  }),
};

function scene(changes: Partial<Snapshot>): Snapshot {
  return { thread: thread(), status: status(), composer: composer(), ...changes };
}

function failedThread(
  failure: NonNullable<ReturnType<typeof answer>['failure']>,
  state: 'failed' | 'refused',
): ReturnType<typeof thread> {
  const cost = receipt('g1', {
    charged: millitokens(0),
    parts: { message: millitokens(0), prompt: millitokens(0), context: millitokens(0), response: millitokens(0) },
    outcome: state,
    lines: 0,
    files: 0,
  });
  return thread([prompt('m1', 'Port this app to Rust'), answer('g1', { state, failure, receipt: cost })]);
}

/** What an answer might try: script, handlers, links that run, pictures that report, text that reads otherwise. */
function hostile(): string {
  return [
    '<script>window.ran = 1</script><img src=x onerror="window.ran = 2">',
    '<style>body { display: none }</style><iframe src="https://evil.example/"></iframe>',
    '',
    '[click](javascript:window.ran=3) [data](data:text/html,<script>window.ran=4</script>) [up](../../etc/passwd)',
    '[command](command:workbench.action.quit) [web](https://example.com/a?b=c) [file](src/app.ts#L12)',
    '',
    '![beacon](https://evil.example/pixel.png) ![ok](data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==)',
    '',
    'safe\u202Egpj.exe \u2066hidden\u2069 bell\u0007',
    '',
    `${'> '.repeat(100_000)}deep`,
    '',
    `${'['.repeat(5_000)}x`,
    '',
    '```html"onclick=alert(1)',
    '<b onmouseover="window.ran = 5">code</b>',
    '```',
  ].join('\n');
}

function running() {
  const usedBefore = status({}).account?.balance.used ?? millitokens(0);
  return { generation: 'g1', spent: millitokens(420), stopsAt: millitokens(4_000), budget: null, usedBefore };
}
